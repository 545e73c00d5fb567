import { compensatedSum } from "../stats/compensated-sum.ts";
import type { Pairs } from "./select-pairs.ts";

/** The means over the pairs of each label, weighted where the pairs are, in the order of the labels' numbers. */
export const meansByLabel = ({ human, score, votes, weight }: Pairs, label: Int32Array) => {
  const groups = Map.groupBy(label.keys(), (row) => label[row]!);
  const means = {
    human: new Float64Array(groups.size),
    score: new Float64Array(groups.size),
    votes: new Float64Array(groups.size),
  };
  let unit = 0;
  for (const rows of groups.values()) {
    const weightOf = (row: number): number => (weight ? weight[row]! : 1);
    const total = sortedSum(rows, weightOf);
    const humanMean = sortedSum(rows, (row) => weightOf(row) * human[row]!) / total;
    // Means that are equal come out equal: the sixteenth digit would break their tie.
    means.human[unit] = Number(humanMean.toPrecision(15));
    means.score[unit] = sortedSum(rows, (row) => weightOf(row) * score[row]!) / total;
    for (const row of rows) means.votes[unit]! += votes[row]!;
    unit++;
  }
  return means;
};

/** Terms are summed in their own order, not in that of the requests: that alone must not move a rank. */
const sortedSum = (rows: readonly number[], termOf: (row: number) => number): number =>
  compensatedSum(Float64Array.from(rows, termOf).sort());
