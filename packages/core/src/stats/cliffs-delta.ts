import { type MannWhitneyTest, mannWhitneyTest } from "./mann-whitney-test.ts";
import type { Numbers } from "./numbers.ts";

/**
 * Cliff's delta, the effect size beside the Mann-Whitney test: the probability that a value of a is larger
 * than one of b, less the probability that it is smaller. From -1 to 1; null if a group has no finite value.
 *
 * Source: N. Cliff, "Dominance statistics: ordinal analyses to answer ordinal questions", Psychological
 * Bulletin 114 (1993), 494-509.
 *
 * @example
 * cliffsDelta([4, 5, 5, 5], [1, 2, 4, 4]); // 0.875
 */
export function cliffsDelta(a: Numbers, b: Numbers): number | null {
  return cliffsDeltaOfTest(mannWhitneyTest(a, b));
}

/** `cliffsDelta` of a Mann-Whitney test, which has done the counting. */
export function cliffsDeltaOfTest({ n, u1 }: Pick<MannWhitneyTest, "n" | "u1">): number | null {
  return u1 === null ? null : (2 * u1) / (n[0] * n[1]) - 1;
}
