/**
 * The probability that a logistic curve gives to a value.
 *
 * @example
 * predictLogistic({ slope: 2, intercept: -1 }, 0.5); // 0.5
 */
export const predictLogistic = (
  { slope, intercept }: { readonly slope: number; readonly intercept: number },
  x: number,
): number => 1 / (1 + Math.exp(-(slope * x + intercept)));
