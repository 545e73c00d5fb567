import type { Day } from "./collect-days.ts";

/**
 * How many scores of either side fall into each tenth of the first: bins are put together, and a part ends where it comes
 * nearest to a tenth, of which it has half at least. A score that many requests share is one part, however large, and the
 * others stay tenths, so that there may be fewer than ten.
 */
export const decileCounts = (reference: readonly Day[], current: readonly Day[]): [number[], number[]] => {
  const expected = totalOf(reference);
  const actual = totalOf(current);
  const bins = [...new Set([...expected.keys(), ...actual.keys()])].sort((a, b) => a - b);
  let left = [...expected.values()].reduce((sum, count) => sum + count, 0);
  const tenth = left / 10;

  const counts: [number[], number[]] = [[0], [0]];
  for (const bin of bins) {
    const own = expected.get(bin) ?? 0;
    const held = counts[0].at(-1)!;
    const isFull = held >= tenth / 2 && held + own - tenth > tenth - held;
    if (isFull && left >= tenth / 2 && counts[0].length < 10) for (const side of counts) side.push(0);
    const last = counts[0].length - 1;
    counts[0][last]! += own;
    counts[1][last]! += actual.get(bin) ?? 0;
    left -= own;
  }
  return counts;
};

const totalOf = (days: readonly Day[]): Map<number, number> => {
  const total = new Map<number, number>();
  for (const { scores } of days)
    for (const [bin, count] of scores) total.set(bin, (total.get(bin) ?? 0) + count);
  return total;
};
