/**
 * The sum of the values, right to the last digit: what each addition loses is kept and added at the end.
 *
 * Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54
 * (1974), 39-51.
 */
export function compensatedSum(values: Float64Array): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const term = values[i]!;
    const next = sum + term;
    if (Math.abs(sum) >= Math.abs(term)) lost += sum - next + term;
    else lost += term - next + sum;
    sum = next;
  }
  return sum + lost;
}
