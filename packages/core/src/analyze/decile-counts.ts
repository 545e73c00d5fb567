import type { Day } from "./collect-days.ts";

/**
 * How many scores of either side fall into each tenth of the first: bins are put together until each holds about a tenth
 * of it, so that scores which many requests share may leave fewer than ten.
 */
export const decileCounts = (reference: readonly Day[], current: readonly Day[]): [number[], number[]] => {
  const expected = totalOf(reference);
  const actual = totalOf(current);
  const bins = [...new Set([...expected.keys(), ...actual.keys()])].sort((a, b) => a - b);
  const n = [...expected.values()].reduce((sum, count) => sum + count, 0);

  const counts: [number[], number[]] = [[0], [0]];
  let seen = 0;
  for (const bin of bins) {
    if (seen >= (n / 10) * counts[0].length && seen < n) for (const side of counts) side.push(0);
    const last = counts[0].length - 1;
    counts[0][last]! += expected.get(bin) ?? 0;
    counts[1][last]! += actual.get(bin) ?? 0;
    seen += expected.get(bin) ?? 0;
  }
  return counts;
};

const totalOf = (days: readonly Day[]): Map<number, number> => {
  const total = new Map<number, number>();
  for (const { scores } of days)
    for (const [bin, count] of scores) total.set(bin, (total.get(bin) ?? 0) + count);
  return total;
};
