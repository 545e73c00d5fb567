import { cliffsDeltaOfTest } from "../stats/cliffs-delta.ts";
import { hedgesGOfMoments } from "../stats/hedges-g.ts";
import type { IntervalOptions } from "../stats/interval-options.ts";
import { mannWhitneyTest } from "../stats/mann-whitney-test.ts";
import type { MeanDifferenceTest } from "../stats/mean-difference-test.ts";
import type { Moments } from "../stats/moments.ts";
import { studentTestOfMoments } from "../stats/student-test.ts";
import { welchTestOfMoments } from "../stats/welch-test.ts";
import type { Sides } from "./collect-sides.ts";
import type { MeanTest, RankComparison } from "./improvement.ts";

interface ValueComparison {
  readonly ci: readonly [number, number];
  readonly welch: MeanTest;
  readonly student: MeanTest;
  readonly mannWhitney: RankComparison | null;
  readonly hedgesG: number;
}

/** The plain tests and effect sizes of after minus before; null where neither side has any spread. */
export const compareValues = (
  before: Moments,
  after: Moments,
  values: Sides["values"],
  options: IntervalOptions,
): ValueComparison | null => {
  const test = welchTestOfMoments(after, before, options);
  const welch = resultOf(test);
  const student = resultOf(studentTestOfMoments(after, before, options));
  const effect = hedgesGOfMoments(after, before);
  if (!test.ci || !welch || !student || !effect) return null;
  return { ci: test.ci, welch, student, mannWhitney: compareRanks(values), hedgesG: effect.hedgesG };
};

const resultOf = ({ t, df, p }: MeanDifferenceTest): MeanTest | null =>
  t === null || df === null || p === null ? null : { t, df, p };

const compareRanks = ({ before, after }: Sides["values"]): RankComparison | null => {
  const test = mannWhitneyTest(after, before);
  const cliffsDelta = cliffsDeltaOfTest(test);
  const { u1, z, p } = test;
  return u1 === null || z === null || p === null || cliffsDelta === null ? null : { u1, z, p, cliffsDelta };
};
