import { compensatedSum } from "../stats/compensated-sum.ts";
import { emptyMoments, type MomentSums, mergeMoments } from "../stats/moment-sums.ts";
import { sumsOf } from "./change-metric.ts";
import type { SideGroup } from "./collect-sides.ts";
import type { JudgeOptions } from "./judge-change.ts";
import { totalOfGroups } from "./total-of-groups.ts";

interface Regression {
  readonly regressionToTheMean: boolean;
  readonly expectedRegression: number | null;
}

/** Whether a segment was measured that the change was chosen for, and how far such a segment moves by itself. */
export const regressionToTheMean = (
  groups: readonly SideGroup[],
  { segment, isChosen, metric }: Pick<JudgeOptions, "segment" | "isChosen" | "metric">,
): Regression => {
  if (!segment || !isChosen) return { regressionToTheMean: false, expectedRegression: null };
  const before = groups.filter(
    ({ side, labels }) => side === "before" && labels.get(segment.label) !== undefined,
  );
  const segments = Map.groupBy(before, ({ labels }) => labels.get(segment.label));
  const sums = [...segments].map(([value, some]) => ({ value, ...sumsOf(metric, totalOfGroups(some)) }));
  const chosen = sums.find(({ value }) => value === segment.value);
  const filled = sums.filter(({ n }) => n > 0);
  return {
    regressionToTheMean: true,
    expectedRegression: chosen ? expectedRegression(filled, chosen) : null,
  };
};

/**
 * The distance of a segment's mean from the mean of all, times the share of it that is not reliable. The reliability
 * is the variance between the true means of segments, over that and the error of this one.
 *
 * Source: T. L. Kelley, "Fundamentals of Statistics" (1947), on the regression of true scores; the variance between,
 * by a one-way analysis of variance for unequal sizes, S. R. Searle, G. Casella, C. E. McCulloch, "Variance
 * Components" (1992), 3.6.
 */
const expectedRegression = (segments: readonly MomentSums[], chosen: MomentSums): number | null => {
  const { n, mean } = segments.reduce(mergeMoments, emptyMoments());
  const between = segments.length - 1;
  const within = n - segments.length;
  if (between < 2 || within === 0 || chosen.n === 0) return null;
  const sumOf = (term: (segment: MomentSums) => number): number =>
    compensatedSum(Float64Array.from(segments, term));
  const varianceWithin = sumOf(({ m2 }) => m2) / within;
  const varianceOfMeans = sumOf((segment) => segment.n * (segment.mean - mean) ** 2) / between;
  const typicalSize = (n - sumOf((segment) => segment.n ** 2) / n) / between;
  const varianceBetween = Math.max(0, (varianceOfMeans - varianceWithin) / typicalSize);
  const error = varianceWithin / chosen.n;
  // Where nothing varies within segments, their means are as reliable as can be.
  return error === 0 ? 0 : (mean - chosen.mean) * (error / (varianceBetween + error));
};
