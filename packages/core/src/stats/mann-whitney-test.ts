import { centredSums } from "./centred-sums.ts";
import { compensatedSum } from "./compensated-sum.ts";
import { finiteValues } from "./finite-values.ts";
import { midranks } from "./midranks.ts";
import { normalUpperTail } from "./normal-upper-tail.ts";
import type { Numbers } from "./numbers.ts";

export interface MannWhitneyTest {
  /** Finite values of a and of b. */
  readonly n: readonly [number, number];
  /** Values of either group left out because they are not finite. */
  readonly dropped: number;
  /**
   * Pairs of one value of each group in which a's is larger, equal ones counting a half.
   */
  readonly u1: number | null;
  /** Standard score of u1, positive when a tends to be larger, after the correction for continuity. */
  readonly z: number | null;
  /** Two-sided p-value that either group is as likely as the other to have the larger value. */
  readonly p: number | null;
  /** Why there is no test: an empty group, or nothing but equal values; null when there is one. */
  readonly reason: "too_few" | "constant" | null;
}

/**
 * The Mann-Whitney U test, also known as Wilcoxon's rank sum: whether the values of one group tend to be
 * larger than those of another, by their order alone. For scores whose distances mean little.
 *
 * The normal approximation, with the variance that ties leave and a continuity correction of one half: fair
 * from eight values a group. Values that are not finite are dropped and counted.
 *
 * Source: H. B. Mann, D. R. Whitney, Annals of Mathematical Statistics 18 (1947), 50-60; SciPy's
 * `mannwhitneyu(method="asymptotic")`.
 *
 * @example
 * mannWhitneyTest([4, 5, 5, 5], [1, 2, 4, 4]); // u1 15, z 1.97..., p 0.0485...
 */
export function mannWhitneyTest(a: Numbers, b: Numbers): MannWhitneyTest {
  const finiteA = finiteValues(a);
  const finiteB = finiteValues(b);
  const n1 = finiteA.values.length;
  const n2 = finiteB.values.length;
  const n = n1 + n2;
  const counts = { n: [n1, n2], dropped: finiteA.dropped + finiteB.dropped } as const;
  if (n1 === 0 || n2 === 0) return { ...counts, u1: null, z: null, p: null, reason: "too_few" };

  const pooled = new Float64Array(n);
  pooled.set(finiteA.values);
  pooled.set(finiteB.values, n1);
  const ranks = midranks(pooled);
  const u1 = compensatedSum(ranks.subarray(0, n1)) - (n1 * (n1 + 1)) / 2;

  // The spread of the ranks themselves: n(n^2 - 1) / 12 less Σ(t^3 - t) / 12 over the ties.
  const meanRank = (n + 1) / 2;
  const { xx: rankSquares } = centredSums(ranks, meanRank, ranks, meanRank);
  if (rankSquares === 0) return { ...counts, u1, z: null, p: null, reason: "constant" };
  const sd = Math.sqrt((n1 * n2 * rankSquares) / (n * (n - 1)));
  const excess = u1 - (n1 * n2) / 2;
  const z = (Math.sign(excess) * Math.max(0, Math.abs(excess) - 0.5)) / sd;
  return { ...counts, u1, z, p: 2 * normalUpperTail(Math.abs(z)), reason: null };
}
