import type { IntervalOptions } from "./interval-options.ts";
import { normalUpperTail } from "./normal-upper-tail.ts";
import { wilsonInterval } from "./wilson-interval.ts";

/** Two shares and what is known of their difference, always a minus b. */
export interface TwoProportionTest {
  /** Share of successes in a; null if a is empty. */
  readonly shareA: number | null;
  /** Share of successes in b; null if b is empty. */
  readonly shareB: number | null;
  /** Share of a minus share of b, from -1 to 1; null if either is empty. */
  readonly difference: number | null;
  /** The difference in units of the standard error that equal shares would give it. */
  readonly z: number | null;
  /** Two-sided p-value of equal shares. */
  readonly p: number | null;
  /** Confidence interval of the difference. */
  readonly ci: readonly [number, number] | null;
  /** Why something above is null: an empty group, or no failure, or no success, in either; else null. */
  readonly reason: "too_few" | "constant" | null;
}

/**
 * Whether two groups differ in their share of successes: the pooled z-test, and the interval that Newcombe builds
 * of the two Wilson intervals. The interval exists even where nobody failed, and the test does not.
 *
 * Signs are those of a minus b: give the after-period first to see a gain as a positive number. The z-test is an
 * approximation, fair from five successes and five failures a group; `fisherExactTest` is for fewer.
 *
 * @throws HeedError `INVALID_QUERY` unless 0 <= successes <= n < Infinity and the confidence is in (0, 1).
 *
 * Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of
 * eleven methods", Statistics in Medicine 17 (1998), 873-890, method 10.
 *
 * @example
 * twoProportionTest(70, 100, 85, 110); // difference -0.0727..., z -1.197..., p 0.231...
 */
export function twoProportionTest(
  successesA: number,
  nA: number,
  successesB: number,
  nB: number,
  options: IntervalOptions = {},
): TwoProportionTest {
  const wilsonA = wilsonInterval(successesA, nA, options);
  const wilsonB = wilsonInterval(successesB, nB, options);
  const shareA = wilsonA && successesA / nA;
  const shareB = wilsonB && successesB / nB;
  if (shareA === null || shareB === null || !wilsonA || !wilsonB)
    return { shareA, shareB, difference: null, z: null, p: null, ci: null, reason: "too_few" };

  const difference = shareA - shareB;
  const ci = [
    difference - Math.hypot(shareA - wilsonA[0], wilsonB[1] - shareB),
    difference + Math.hypot(wilsonA[1] - shareA, shareB - wilsonB[0]),
  ] as const;
  const estimate = { shareA, shareB, difference, ci };
  const successes = successesA + successesB;
  const failures = nA - successesA + (nB - successesB);
  if (successes === 0 || failures === 0) return { ...estimate, z: null, p: null, reason: "constant" };

  const n = nA + nB;
  const z = difference / Math.sqrt((successes / n) * (failures / n) * (1 / nA + 1 / nB));
  return { ...estimate, z, p: 2 * normalUpperTail(Math.abs(z)), reason: null };
}
