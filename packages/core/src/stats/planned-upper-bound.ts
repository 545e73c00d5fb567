import { HeedError } from "../errors.ts";
import { meanDifferenceSequence } from "./mean-difference-sequence.ts";
import type { Moments } from "./moments.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { normalUpperTail } from "./normal-upper-tail.ts";
import { pooledSd } from "./pooled-sd.ts";
import { studentQuantile } from "./student-quantile.ts";
import { type Spread, welchError } from "./welch-error.ts";

interface PlannedOptions {
  /**
   * How often, over all looks together, the truth may lie above the bound; between 0 and 0.5.
   * @default 0.05
   */
  readonly alpha?: number | undefined;
  /**
   * Values a group that the bound is sharpest up to. Decide before the first look, and keep to it.
   * @default 600
   */
  readonly plannedFor?: number | undefined;
}

/** What may be said at every look about how far one mean lies below another. */
export interface PlannedUpperBound {
  /** Mean of a minus mean of b; null if either group is empty. */
  readonly difference: number | null;
  /** With probability 1 - alpha, the true difference lies below it at every look. */
  readonly upper: number | null;
  /** The least alpha at which the bound is below 0; holds at every look. */
  readonly anytimeP: number | null;
  /** Why there is no bound: fewer than two values in a group, or no spread in either; else null. */
  readonly reason: "too_few" | "constant" | null;
}

/** What the part for the plan may spend of alpha; the rest is for looks far beyond it. */
const plannedShare = 0.95;

/** The bound of that rest is tightest at so many times the planned size. */
const beyond = 3;

/** How fast the boundary rises once the plan is used up: the larger, the less is spent there. */
const rise = 4;

/**
 * How far the mean of a lies below that of b at least, while values come in and whoever wants to looks again and again:
 * for tests that have to find a drop within a planned size, and may go on beyond it.
 *
 * Seen by its information the difference is a Brownian motion, as in `meanDifferenceSequence`, whose clock, widening by
 * Student's t and wider of two spreads are used here, too. 95 % of alpha go by O'Brien and Fleming's boundary in its
 * continuous form: one constant up to the plan, and a steep line from there, so that a look a little late is not lost.
 * Such a boundary spends hardly anything on early luck, which is what makes it sharp at the plan. The last 5 % go by
 * `meanDifferenceSequence` at any size. The bound is the lower of the two.
 *
 * That sequence alone, at the same alpha and whatever it is tuned to, finds a drop from 0.7 to 0.6 within 600 values a
 * group in 87 % of trials, this bound in 95 % and more; the price is what lies far beyond the plan.
 *
 * @throws HeedError `INVALID_QUERY` unless alpha is between 0 and 0.5, and `plannedFor` above 0 and finite.
 *
 * Source: P. C. O'Brien, T. R. Fleming, Biometrics 35 (1979), 549-556; K. K. G. Lan, D. L. DeMets, Biometrika 70 (1983),
 * 659-663; C. Jennison, B. W. Turnbull, "Group Sequential Methods" (2000), chapters 7 and 11.
 *
 * @example
 * const [candidate, baseline] = [{ n: 400, mean: 0.6, sd: 0.49 }, { n: 400, mean: 0.7, sd: 0.46 }];
 * plannedUpperBound(candidate, baseline); // upper -0.0171..., anytimeP 0.0177...
 */
export function plannedUpperBound(
  a: Pick<Moments, "n" | "mean" | "sd">,
  b: Pick<Moments, "n" | "mean" | "sd">,
  { alpha = 0.05, plannedFor = 600 }: PlannedOptions = {},
): PlannedUpperBound {
  if (!(alpha > 0 && alpha < 0.5)) throw new HeedError("INVALID_QUERY", "alpha is not between 0 and 0.5");
  // Two-sided, of which the upper side is wanted.
  const confidence = 1 - 2 * (1 - plannedShare) * alpha;
  const sequence = meanDifferenceSequence(a, b, { confidence, optimizedFor: beyond * plannedFor });
  const { difference, reason } = sequence;
  if (difference === null || !sequence.ci) return { difference, upper: null, anytimeP: null, reason };

  const groups = [
    { n: a.n, sd: a.sd! },
    { n: b.n, sd: b.sd! },
  ] as const;
  const sd = pooledSd(...groups);
  const height = boundaryFor(plannedShare * alpha);
  const planned = [groups, groups.map(({ n }) => ({ n, sd })) as [Spread, Spread]].map((spreads) =>
    boundOfPlan(difference, spreads, { alpha, height, plannedFor }),
  );
  const upper = Math.max(...planned.map((bound) => bound.upper));
  const early = Math.max(...planned.map((bound) => bound.p));
  const late = difference < 0 ? sequence.anytimeP! / (2 * (1 - plannedShare)) : 1;
  return {
    difference,
    upper: Math.min(sequence.ci[1], upper),
    anytimeP: Math.min(1, early, late),
    reason,
  };
}

/** The bound by the boundary of the plan, and the alpha of the whole at which it would be 0. */
function boundOfPlan(
  difference: number,
  [a, b]: readonly [Spread, Spread],
  { alpha, height, plannedFor }: { readonly alpha: number; height: number; plannedFor: number },
) {
  const { standardError, df } = welchError(a, b);
  const error = (standardError * studentQuantile(1 - alpha, df)) / normalQuantile(1 - alpha);
  const time = (a.sd ** 2 + b.sd ** 2) / standardError ** 2 / plannedFor;
  const late = rise * Math.max(0, time - 1);
  const upper = difference + ((height + late) * error) / Math.sqrt(time);
  const reached = -(difference / error) * Math.sqrt(time) - late;
  return { upper, p: reached <= 0 ? 1 : Math.min(1, crossing(reached) / plannedShare) };
}

/**
 * How probable it is that a Brownian motion ever crosses a boundary that is `height` up to time 1 and rises from there:
 * by the reflection principle up to 1, and from each place below the boundary by `exp(-2 rise (height - place))` after.
 */
function crossing(height: number): number {
  const { straight, reflected } = crossingAfter1(height);
  return 2 * normalUpperTail(height) + straight - reflected;
}

/** What crosses after time 1, and of that the part that had crossed before. */
function crossingAfter1(height: number) {
  const mirrored = normalUpperTail(height + 2 * rise);
  return {
    straight: Math.exp(2 * rise * (rise - height)) * normalUpperTail(2 * rise - height),
    reflected: mirrored === 0 ? 0 : Math.exp(2 * rise * (rise + height)) * mirrored,
  };
}

/** The height that is crossed with a given probability: by Newton's method from below, as the probability is convex. */
function boundaryFor(probability: number): number {
  let height = normalQuantile(1 - probability / 2);
  for (let round = 0; round < 20; round++) {
    const { straight, reflected } = crossingAfter1(height);
    const step = (crossing(height) - probability) / (2 * rise * (straight + reflected));
    if (!(step > 1e-15 * height)) break;
    height += step;
  }
  return height;
}
