import { expect, test } from "vitest";
import { meansByLabel } from "./means-by-label.ts";

const pairsOf = (
  rows: readonly (readonly [label: number, human: number, score: number, weight?: number])[],
) => ({
  label: Int32Array.from(rows, ([label]) => label),
  pairs: {
    human: Float64Array.from(rows, ([, human]) => human),
    score: Float64Array.from(rows, ([, , score]) => score),
    votes: Float64Array.from(rows, () => 2),
    label: null,
    weight: rows[0]!.length === 4 ? Float64Array.from(rows, ([, , , weight]) => weight!) : null,
    eachVote: null,
  },
});
const meansOf = (rows: Parameters<typeof pairsOf>[0]) => {
  const { pairs, label } = pairsOf(rows);
  return meansByLabel(pairs, label);
};

test("each label has the weighted means of its pairs, and all of their votes", () => {
  const { human, score, votes } = meansOf([
    [0, 5, 0.8, 3],
    [1, 2, 0.1, 1],
    [0, 1, 0.4, 1],
  ]);
  expect([...human]).toEqual([4, 2]);
  expect([...score]).toEqual([expect.closeTo(0.7, 14), 0.1]);
  expect([...votes]).toEqual([4, 2]);
});

test("the order of the pairs moves no digit, and means that are equal come out equal", () => {
  const values = [1, 5, 3.7, 2.2, 4.4, 1.1, 3.3, 2.9, 4.8];
  const rows = values.map((value, at) => [0, value, value / 7 + 1e9 * (at % 3)] as const);
  const turned = rows.map((_, at) => rows[(at * 4 + 2) % rows.length]!);
  expect(meansOf(turned)).toEqual(meansOf(rows));
  // 1.1 three times, and 1, 1.1 and 1.2: one mean, whatever the sums round to.
  const { human } = meansOf([
    [0, 1.1, 0],
    [0, 1.1, 0],
    [0, 1.1, 0],
    [1, 1, 0],
    [1, 1.1, 0],
    [1, 1.2, 0],
  ]);
  expect(human[0]).toBe(human[1]);
});
