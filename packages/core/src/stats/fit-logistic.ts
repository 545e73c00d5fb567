import { HeedError } from "../errors.ts";
import { compensatedSum } from "./compensated-sum.ts";
import { isConstant } from "./is-constant.ts";
import type { Numbers } from "./numbers.ts";
import { safeScale } from "./safe-scale.ts";
import { type WeightOptions, weightedPairs } from "./weighted-pairs.ts";

/** A logistic curve, `1 / (1 + exp(-(slope x + intercept)))`, and on what it rests. */
export interface LogisticFit {
  /** Pairs in which both numbers are finite, and the weight is not 0. */
  readonly n: number;
  /** Pairs left out because a number in them is not finite. */
  readonly dropped: number;
  /** Log-odds per unit of x; negative when high x go with low targets. */
  readonly slope: number | null;
  /** Log-odds where x is 0. */
  readonly intercept: number | null;
  /**
   * Why there is no curve: no pairs; all x equal; all targets 0, or all 1; or an x that separates targets of
   * 0 from targets of 1, so cleanly that no slope is steep enough. Null when there is one.
   */
  readonly reason: "too_few" | "constant" | "one_class" | "separable" | null;
}

/**
 * Logistic regression on one predictor: the curve under which the targets are likeliest, without a penalty.
 *
 * Targets are 0 and 1, or anything between: probabilities, or Platt's softened labels. Pairs with a number
 * that is not finite are dropped and counted. Newton's method, until a step changes no digit.
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length, a target is not from 0 to 1, or a weight
 * is negative or not finite.
 *
 * Source: P. McCullagh, J. A. Nelder, "Generalized Linear Models", Chapman & Hall (1989), chapter 4; when
 * there is a curve: A. Albert, J. A. Anderson, Biometrika 71 (1984), 1-10.
 *
 * @example
 * fitLogistic([1, 2, 3, 4], [0, 1, 0, 1]); // slope 0.908..., intercept -2.270...
 */
export function fitLogistic(x: Numbers, y: Numbers, options: WeightOptions = {}): LogisticFit {
  const { x: predictor, y: targets, weights, dropped } = weightedPairs(x, y, options);
  if (!targets.every((target) => target >= 0 && target <= 1))
    throw new HeedError("INVALID_QUERY", "a target is not from 0 to 1");
  const counts = { n: predictor.length, dropped };
  const reason = whyNoCurve(predictor, targets);
  if (reason !== null) return { ...counts, slope: null, intercept: null, reason };

  // About a middle x, neither a common shift nor one far x takes digits from the others.
  const { values, scale } = safeScale(predictor);
  const middle = values.toSorted()[values.length >> 1]!;
  const curve = climb(
    values.map((value) => value - middle),
    targets,
    weights,
  );
  if (curve === null) return { ...counts, slope: null, intercept: null, reason: "separable" };
  return {
    ...counts,
    slope: curve.slope / scale,
    intercept: curve.intercept - curve.slope * middle,
    reason: null,
  };
}

function whyNoCurve(x: Float64Array, targets: Float64Array): LogisticFit["reason"] {
  if (x.length === 0) return "too_few";
  if (isConstant(x)) return "constant";
  // A target between 0 and 1 is a part of either.
  const zeros = rangeOf(x.filter((_, i) => targets[i]! < 1));
  const ones = rangeOf(x.filter((_, i) => targets[i]! > 0));
  if (zeros === null || ones === null) return "one_class";
  return zeros.high <= ones.low || ones.high <= zeros.low ? "separable" : null;
}

const rangeOf = (values: Float64Array) =>
  values.length === 0
    ? null
    : {
        low: values.reduce((least, value) => Math.min(least, value)),
        high: values.reduce((most, value) => Math.max(most, value)),
      };

interface Line {
  readonly slope: number;
  readonly intercept: number;
}

const mostRounds = 100;

/** Newton's method on a concave function of two numbers; null if it does not come to rest. */
function climb(x: Float64Array, targets: Float64Array, weights: Float64Array): Line | null {
  let line: Line = { slope: 0, intercept: 0 };
  let here = derivatives(line, x, targets, weights);
  for (let round = 0; round < mostRounds; round++) {
    const slope = here.alongSlope / here.slopeCurvature;
    const step = { slope, intercept: here.alongIntercept / here.curvature - here.centre * slope };
    const rise = riseAlong(step, here);
    // A step that moves log-odds by 1e-10 leaves an error of the order of its square.
    if (rise <= 1e-20 * here.curvature) return moved(line, step, 1);
    if (!Number.isFinite(rise)) return null;

    // Steeper down behind the summit than up before it: too far.
    let share = 1;
    let there = derivatives(moved(line, step, share), x, targets, weights);
    while (!(riseAlong(step, there) >= -rise) && share > 1e-9) {
      share /= 2;
      there = derivatives(moved(line, step, share), x, targets, weights);
    }
    line = moved(line, step, share);
    here = there;
  }
  return null;
}

const moved = (line: Line, step: Line, share: number): Line => ({
  slope: line.slope + share * step.slope,
  intercept: line.intercept + share * step.intercept,
});

/** The derivatives of the log-likelihood, those of the slope taken about the `centre` of the curvature. */
function derivatives(line: Line, x: Float64Array, targets: Float64Array, weights: Float64Array) {
  const p = x.map((value) => 1 / (1 + Math.exp(-(line.slope * value + line.intercept))));
  const residuals = p.map((chance, i) => weights[i]! * (targets[i]! - chance));
  const curvatures = p.map((chance, i) => weights[i]! * chance * (1 - chance));
  const curvature = compensatedSum(curvatures);
  const centre = compensatedSum(curvatures.map((value, i) => value * x[i]!)) / curvature;
  return {
    centre,
    curvature,
    slopeCurvature: compensatedSum(curvatures.map((value, i) => value * (x[i]! - centre) ** 2)),
    alongIntercept: compensatedSum(residuals),
    alongSlope: compensatedSum(residuals.map((value, i) => value * (x[i]! - centre))),
  };
}

const riseAlong = (step: Line, at: ReturnType<typeof derivatives>): number =>
  at.alongIntercept * (step.intercept + at.centre * step.slope) + at.alongSlope * step.slope;
