import { HeedError } from "../errors.ts";
import { compensatedSum } from "./compensated-sum.ts";

/** Tables this little more likely than the observed one are as likely, and differ by rounding. */
const asLikely = 1 + 1e-7;

/**
 * Fisher's exact test of a two by two table, `a` and `b` the first row: the two-sided p-value that rows and columns
 * have nothing to do with each other. For counts too small for `twoProportionTest`, and right for large ones.
 *
 * The probability, given the sums of rows and columns, of all tables at most as likely as this one. 1 where a row or
 * a column is empty, and there is no other table; 0 where p is below 1e-308.
 *
 * @throws HeedError `INVALID_QUERY` unless the counts are whole numbers from 0.
 *
 * Source: R. A. Fisher, "The logic of inductive inference", Journal of the Royal Statistical Society 98 (1935),
 * 39-82; two-sided as in R's `fisher.test` and SciPy's `fisher_exact`.
 *
 * @example
 * fisherExactTest(8, 2, 1, 5); // 0.0349...
 */
export function fisherExactTest(a: number, b: number, c: number, d: number): number {
  if (![a, b, c, d].every((count) => Number.isSafeInteger(count) && count >= 0))
    throw new HeedError("INVALID_QUERY", "a count is not a whole number from 0");

  // Tables are told apart by their first count. Their likelihoods, relative to the likeliest, follow from one to the
  // next; on either side they fall, and once one has vanished so have the rest. So no factorial is ever needed.
  const row = a + b;
  const column = a + c;
  const corner = d - a;
  const lowest = Math.max(0, -corner);
  const highest = Math.min(row, column);
  const mode = Math.min(
    highest,
    Math.max(lowest, Math.floor(((row + 1) * (column + 1)) / (row + c + d + 2))),
  );
  const ratio = (count: number): number =>
    ((row - count) / (count + 1)) * ((column - count) / (corner + count + 1));
  const above = falling(highest - mode, (step) => ratio(mode + step));
  const below = falling(mode - lowest, (step) => 1 / ratio(mode - step - 1));

  const observed = (a < mode ? below[mode - a] : above[a - mode]) ?? 0;
  const all = Float64Array.from([...above, ...below.slice(1)]);
  return compensatedSum(all.filter((likelihood) => likelihood <= observed * asLikely)) / compensatedSum(all);
}

/** Likelihoods from 1 on, as far as there are steps or anything is left. */
function falling(steps: number, factorAt: (step: number) => number): number[] {
  const likelihoods = [1];
  for (let step = 0, likelihood = 1; step < steps && likelihood > 0; step++) {
    likelihood *= factorAt(step);
    likelihoods.push(likelihood);
  }
  return likelihoods;
}
