import { HeedError } from "../errors.ts";
import { compensatedSum } from "./compensated-sum.ts";
import type { Numbers } from "./numbers.ts";
import { requireWeights } from "./require-weights.ts";

/** A table of numbers of which most are 0: only the others are kept, one row's after the other's. */
export interface SparseRows {
  readonly columns: number;
  /** Where each row begins, and where the last ends: one more than there are rows. */
  readonly starts: Int32Array;
  /** The column of each number. */
  readonly places: Int32Array;
  readonly values: Float64Array;
}

export interface RidgeLogisticOptions {
  /** What each row counts for, from 0; 1 each where left out. */
  readonly weights?: Numbers | undefined;
  /** The penalty of each column: half of it times the square of the coefficient is added to the log-loss. Above 0. */
  readonly penalties: Numbers;
}

/** A logistic model: the log-odds are the intercept plus the sum of the coefficients times the row. */
export interface RidgeLogisticFit {
  readonly intercept: number;
  readonly coefficients: Float64Array;
  /** The largest slope that is left: next to 0 at the least loss. */
  readonly gradient: number;
  readonly rounds: number;
}

const memory = 20;
const mostRounds = 300;

/**
 * Logistic regression with a ridge penalty on as many columns as there are, even more than rows: the coefficients with
 * the least sum of weighted log-loss and penalty. The intercept goes free. There is exactly one answer, also where the
 * columns separate the labels; but with labels all 0 or all 1 the intercept has no end, and comes out so large that the
 * chances are within a millionth of these.
 *
 * By limited-memory BFGS until the largest slope is a millionth of the total weight, or digits end.
 *
 * @param labels 0 and 1, or anything between
 *
 * @throws HeedError `INVALID_QUERY` if the columns differ in length, a label is not from 0 to 1, a weight is negative, a
 * penalty not above 0, any number not finite, or the rows are no table.
 *
 * Source: D. C. Liu, J. Nocedal, "On the limited memory BFGS method for large scale optimization", Mathematical
 * Programming 45 (1989), 503-528; the model as in S. le Cessie, J. C. van Houwelingen, Applied Statistics 41 (1992),
 * 191-201.
 */
export function ridgeLogistic(
  rows: SparseRows,
  labels: Numbers,
  { weights, penalties }: RidgeLogisticOptions,
): RidgeLogisticFit {
  const count = rows.starts.length - 1;
  const column = requireWeights(weights, count);
  requireTable(rows);
  if (labels.length !== count || penalties.length !== rows.columns)
    throw new HeedError("INVALID_QUERY", "the columns differ in length");
  if (!Array.prototype.every.call(labels, (label: number) => label >= 0 && label <= 1))
    throw new HeedError("INVALID_QUERY", "a label is not from 0 to 1");
  if (
    !Array.prototype.every.call(
      penalties,
      (penalty: number) => penalty > 0 && penalty < Number.POSITIVE_INFINITY,
    )
  )
    throw new HeedError("INVALID_QUERY", "a penalty is not above 0, or not finite");

  // The intercept is the last of the parameters.
  const size = rows.columns + 1;
  const lossOf = lossFunction(rows, labels, column, penalties);
  const curvatures = curvaturesOf(rows, column, penalties);
  const tolerance = 1e-6 * compensatedSum(column);

  let here = new Float64Array(size);
  let slope = new Float64Array(size);
  let loss = lossOf(here, slope);
  const steps: Float64Array[] = [];
  const turns: Float64Array[] = [];
  let rounds = 0;
  while (largest(slope) > tolerance && rounds < mostRounds) {
    rounds++;
    const direction = descent(slope, steps, turns, curvatures);
    const fall = dot(direction, slope);
    const there = new Float64Array(size);
    const nextSlope = new Float64Array(size);
    let share = 1;
    let next = moveTo(there, here, direction, share, lossOf, nextSlope);
    while (!(next <= loss + 1e-4 * share * fall) && share > 1e-12) {
      share /= 2;
      next = moveTo(there, here, direction, share, lossOf, nextSlope);
    }
    if (!(next < loss)) break;
    const step = there.map((value, at) => value - here[at]!);
    const turn = nextSlope.map((value, at) => value - slope[at]!);
    // Convex, but flat in digits at the end: a pair without curvature would spoil the memory.
    if (dot(step, turn) > 1e-12 * dot(turn, turn)) {
      steps.push(step);
      turns.push(turn);
      if (steps.length > memory) {
        steps.shift();
        turns.shift();
      }
    }
    [here, slope, loss] = [there, nextSlope, next];
  }
  return {
    intercept: here[size - 1]!,
    coefficients: here.subarray(0, size - 1),
    gradient: largest(slope),
    rounds,
  };
}

/** A place beyond the columns would be read as the intercept, or as no number. */
const requireTable = ({ columns, starts, places, values }: SparseRows): void => {
  const isTable =
    starts[0] === 0 &&
    starts.every((start, row) => row === 0 || start >= starts[row - 1]!) &&
    starts.at(-1) === places.length &&
    places.length === values.length &&
    places.every((place) => place >= 0 && place < columns);
  if (!isTable) throw new HeedError("INVALID_QUERY", "the rows are no table of that many columns");
  if (!values.every(Number.isFinite)) throw new HeedError("INVALID_QUERY", "a value is not finite");
};

type Loss = (at: Float64Array, slope: Float64Array) => number;

/** The penalised loss at some parameters; writes its slope. */
const lossFunction =
  (rows: SparseRows, labels: Numbers, weights: Float64Array, penalties: Numbers): Loss =>
  (parameters, slope) => {
    const { columns, starts, places, values } = rows;
    let loss = 0;
    for (let column = 0; column < columns; column++) {
      const pull = penalties[column]! * parameters[column]!;
      loss += (pull * parameters[column]!) / 2;
      slope[column] = pull;
    }
    let alongIntercept = 0;
    for (let row = 0; row + 1 < starts.length; row++) {
      let logOdds = parameters[columns]!;
      const end = starts[row + 1]!;
      for (let at = starts[row]!; at < end; at++) logOdds += values[at]! * parameters[places[at]!]!;
      const weight = weights[row]!;
      const label = labels[row]!;
      const small = Math.exp(-Math.abs(logOdds));
      loss += weight * (Math.log1p(small) + Math.max(logOdds, 0) - label * logOdds);
      const chance = logOdds >= 0 ? 1 / (1 + small) : small / (1 + small);
      const pull = weight * (chance - label);
      alongIntercept += pull;
      for (let at = starts[row]!; at < end; at++) slope[places[at]!]! += pull * values[at]!;
    }
    slope[columns] = alongIntercept;
    return loss;
  };

const moveTo = (
  there: Float64Array,
  here: Float64Array,
  direction: Float64Array,
  share: number,
  lossOf: Loss,
  slope: Float64Array,
): number => {
  for (let at = 0; at < here.length; at++) there[at] = here[at]! + share * direction[at]!;
  return lossOf(there, slope);
};

/**
 * The curvature along each parameter alone where all chances are 1/2, which is where they start: frequent columns curve
 * far more than rare ones, and steps as if all were alike would take several times as many.
 */
const curvaturesOf = (
  { columns, starts, places, values }: SparseRows,
  weights: Float64Array,
  penalties: Numbers,
): Float64Array => {
  const curvatures = new Float64Array(columns + 1);
  for (let column = 0; column < columns; column++) curvatures[column] = penalties[column]!;
  for (let row = 0; row + 1 < starts.length; row++) {
    const share = weights[row]! / 4;
    curvatures[columns]! += share;
    for (let at = starts[row]!; at < starts[row + 1]!; at++)
      curvatures[places[at]!]! += share * values[at]! ** 2;
  }
  return curvatures;
};

/** The two loops of Nocedal: the slope, turned by what the last steps tell of the curvature. */
const descent = (
  slope: Float64Array,
  steps: readonly Float64Array[],
  turns: readonly Float64Array[],
  curvatures: Float64Array,
): Float64Array => {
  const direction = slope.map((value) => -value);
  const shares: number[] = [];
  for (let at = steps.length - 1; at >= 0; at--) {
    shares[at] = dot(steps[at]!, direction) / dot(steps[at]!, turns[at]!);
    add(direction, -shares[at]!, turns[at]!);
  }
  for (let at = 0; at < direction.length; at++) direction[at]! /= curvatures[at]!;
  const [lastStep, lastTurn] = [steps.at(-1), turns.at(-1)];
  if (lastStep && lastTurn) {
    let turned = 0;
    for (let at = 0; at < lastTurn.length; at++) turned += lastTurn[at]! ** 2 / curvatures[at]!;
    const scale = dot(lastStep, lastTurn) / turned;
    for (let at = 0; at < direction.length; at++) direction[at]! *= scale;
  }
  for (let at = 0; at < steps.length; at++) {
    const back = dot(turns[at]!, direction) / dot(steps[at]!, turns[at]!);
    add(direction, shares[at]! - back, steps[at]!);
  }
  return direction;
};

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
};

const add = (target: Float64Array, times: number, other: Float64Array): void => {
  for (let at = 0; at < target.length; at++) target[at]! += times * other[at]!;
};

const largest = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
