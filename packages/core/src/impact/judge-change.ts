import { contrastSequence } from "../stats/contrast-sequence.ts";
import { contrastTest } from "../stats/contrast-test.ts";
import { minimumDetectableEffect } from "../stats/minimum-detectable-effect.ts";
import { momentsOfSums } from "../stats/moment-sums.ts";
import { type Moments, moments } from "../stats/moments.ts";
import { isBetter, isRate, sumsOf } from "./change-metric.ts";
import type { Arm, SideGroup, Sides, SidesQuery } from "./collect-sides.ts";
import { compareCells, fewestEachSide } from "./compare-cells.ts";
import { compareConstants } from "./compare-constants.ts";
import { compareFeedback } from "./compare-feedback.ts";
import { compareValues } from "./compare-values.ts";
import { estimateChange } from "./estimate-change.ts";
import type { Improvement, Period } from "./improvement.ts";
import { regressionToTheMean } from "./regression-to-the-mean.ts";
import { totalOfGroups } from "./total-of-groups.ts";

export interface JudgeOptions extends SidesQuery {
  readonly change: string;
  /** Whether the segment is the one that the change was chosen for. */
  readonly isChosen: boolean;
  readonly looks: number;
  readonly power: number;
  readonly confidence: number;
}

/** Says what became of the metric, by the estimate that has most taken out of it that is not the change. */
export const judgeChange = (sides: Sides, options: JudgeOptions): Improvement => {
  const { change, metric, score, adjustFor, looks, power, confidence } = options;
  const treated = selectArm(sides, "treated");
  const control = options.control && selectArm(sides, "control");
  const feedback = compareFeedback(treated.before, treated.after, { confidence });

  const momentsOf = (arm: typeof treated, side: SideGroup["side"]): Moments =>
    momentsOfSums(sumsOf(metric, arm[side]));
  const measured = (side: SideGroup["side"]): Moments =>
    isRate(metric) ? momentsOf(treated, side) : moments(sides.values[side]);
  const [before, after] = [measured("before"), measured("after")];
  const dropped = treated.before.logged + treated.after.logged - before.n - after.n;
  const scope = { change, metric, score, level: "request", dropped, feedback } as const;

  const periods = periodsOf(before, after);
  const untouched = control && { before: momentsOf(control, "before"), after: momentsOf(control, "after") };
  const controlPeriods = untouched && periodsOf(untouched.before, untouched.after);
  if (!periods || controlPeriods === null) {
    const ofControl = untouched && { controlBefore: untouched.before.n, controlAfter: untouched.after.n };
    const have = { before: before.n, after: after.n, ...ofControl };
    return { verdict: "not_enough_data", ...scope, needed: fewestEachSide, have };
  }

  const difference = periods.after.mean - periods.before.mean;
  const compared = { ...scope, ...periods, difference, ...regressionToTheMean(sides.groups, options) };
  const cells = compareCells(treated.groups, adjustFor, metric);
  const controlCells = control && compareCells(control.groups, adjustFor, metric);
  const apart = [cells, controlCells].find((arm) => arm?.differences.length === 0);
  if (apart) return { verdict: "no_overlap", ...compared, leftOut: apart.leftOut };

  const plain = { weight: 1, a: after, b: before };
  const reference = controlPeriods && controlCells && { ...controlPeriods, cells: controlCells };
  const given = { plain, cells, reference, days: sides.days };
  const { of, differences, test, shown } = estimateChange(given, options);
  const estimated = { ...compared, basis: looks > 1 ? ("confidence_sequence" as const) : of, ...shown };
  const verdictOf = (significant: boolean) =>
    !significant ? "not_significant" : isBetter(metric, test.difference!) ? "improved" : "worsened";
  const improvementPct = isZero(periods.before.mean, sides.values.before)
    ? null
    : (100 * difference) / Math.abs(periods.before.mean);
  const tests = compareValues(before, after, sides.values, { confidence });
  if (!tests || !test.ci) {
    const isPlain = differences[0] === plain && looks === 1;
    const p = isPlain ? compareConstants(periods.before, periods.after) : null;
    if (p === null) return { verdict: "no_variation", ...estimated };
    return { verdict: verdictOf(p <= 1 - confidence), ...compared, basis: "fisher_exact", p, improvementPct };
  }

  const ci = isRate(metric) ? feedback[metric].ci! : tests.ci;
  const atOneLook = differences[0] === plain ? ci : test.ci;
  const atEveryLook = looks > 1 ? contrastSequence(differences, { confidence }) : null;
  const [low, high] = atEveryLook ?? atOneLook;
  const significant = low > 0 || high < 0;
  // What is detectable grows with the standard error.
  const detectable = minimumDetectableEffect({
    nA: after.n,
    sdA: periods.after.sd,
    nB: before.n,
    sdB: periods.before.sd,
    power,
    confidence,
  })!;
  const plainError = contrastTest([plain], { confidence }).standardError!;
  return {
    verdict: verdictOf(significant),
    ...estimated,
    ...tests,
    ci,
    improvementPct,
    minimumDetectableEffect: detectable * (test.standardError! / plainError),
    significant,
    ...(atEveryLook && { confidenceSequence: { looks, of, difference: test.difference!, ci: atEveryLook } }),
  };
};

const selectArm = ({ groups }: Sides, wanted: Arm) => {
  const own = groups.filter(({ arm }) => arm === wanted);
  const totalOf = (wanted: SideGroup["side"]) => totalOfGroups(own.filter(({ side }) => side === wanted));
  return { groups: own, before: totalOf("before"), after: totalOf("after") };
};

/** Null where a side has no spread for lack of values. */
const periodsOf = (before: Moments, after: Moments): { before: Period; after: Period } | null =>
  isPeriod(before) && isPeriod(after) ? { before: periodOf(before), after: periodOf(after) } : null;

const isPeriod = (moments: Moments): moments is Moments & Period => moments.sd !== null;

const periodOf = ({ n, mean, sd }: Period): Period => ({ n, mean, sd });

/** A mean of 0 may come out of its sum as a rounding's worth of the largest value. */
const isZero = (mean: number, values: Float64Array): boolean =>
  Math.abs(mean) <=
  Number.EPSILON * values.reduce((largest, value) => Math.max(largest, Math.abs(value) || 0), 0);
