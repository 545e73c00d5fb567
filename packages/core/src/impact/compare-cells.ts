import type { WeightedDifference } from "../stats/contrast-test.ts";
import { momentsOfSums } from "../stats/moment-sums.ts";
import { type ChangeMetric, sumsOf } from "./change-metric.ts";
import type { SideGroup } from "./collect-sides.ts";
import { totalOfGroups } from "./total-of-groups.ts";

/** A combination of labels that cannot be compared, and how many values each side has of it. */
export interface LeftOutCell {
  /** A value for each label; undefined for requests that have no such field. */
  readonly labels: readonly (string | undefined)[];
  readonly before: number;
  readonly after: number;
}

/** The cells that have two values on each side, weighted, and those that have not. */
export interface CellComparison {
  /** After minus before in each cell, weighted by its share of the values before. */
  readonly differences: readonly WeightedDifference[];
  /** Cells with fewer than two values on a side, the largest first. */
  readonly leftOut: readonly LeftOutCell[];
  /** Share of all values before that lie in cells that were left out, 0 to 1. */
  readonly leftOutShare: number;
}

/** Two values have a spread. */
export const fewestEachSide = 2;

/**
 * Compares after with before cell by cell, each weighted by its share of the values before, so that the sum is the
 * difference at the mix of before. Without labels there is one cell.
 *
 * Source: D. Holt, T. M. F. Smith, "Post Stratification", Journal of the Royal Statistical Society A 142 (1979), 33-46.
 */
export const compareCells = (
  groups: readonly SideGroup[],
  by: readonly string[],
  metric: ChangeMetric,
): CellComparison => {
  const sumsOfSide = (cell: readonly SideGroup[], wanted: SideGroup["side"]) =>
    sumsOf(metric, totalOfGroups(cell.filter(({ side }) => side === wanted)));
  const labelsOf = ({ labels }: SideGroup) => by.map((name) => labels.get(name));
  // In JSON, undefined becomes null, which no label is.
  const cells = [...Map.groupBy(groups, (group) => JSON.stringify(labelsOf(group))).values()].map((cell) => ({
    labels: labelsOf(cell[0]!),
    before: sumsOfSide(cell, "before"),
    after: sumsOfSide(cell, "after"),
  }));

  const hasSpread = ({ before, after }: (typeof cells)[number]): boolean =>
    Math.min(before.n, after.n) >= fewestEachSide;
  const used = cells.filter(hasSpread);
  const countBefore = (some: typeof cells): number => some.reduce((n, { before }) => n + before.n, 0);
  const [usedBefore, allBefore] = [countBefore(used), countBefore(cells)];
  return {
    differences: used.map(({ before, after }) => ({
      weight: before.n / usedBefore,
      a: momentsOfSums(after),
      b: momentsOfSums(before),
    })),
    leftOut: cells
      .filter((cell) => !hasSpread(cell) && cell.before.n + cell.after.n > 0)
      .map(({ labels, before, after }) => ({ labels, before: before.n, after: after.n }))
      .sort((a, b) => b.before + b.after - (a.before + a.after)),
    leftOutShare: allBefore === 0 ? 0 : 1 - usedBefore / allBefore,
  };
};
