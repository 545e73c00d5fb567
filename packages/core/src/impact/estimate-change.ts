import { type ContrastTest, contrastTest, type WeightedDifference } from "../stats/contrast-test.ts";
import { isRate } from "./change-metric.ts";
import type { Sides } from "./collect-sides.ts";
import type { CellComparison } from "./compare-cells.ts";
import type {
  DifferenceInDifferences,
  Estimate,
  LookedAtDifference,
  MixAdjustment,
  Period,
} from "./improvement.ts";
import type { JudgeOptions } from "./judge-change.ts";
import { preTrend } from "./pre-trend.ts";

interface Given {
  /** After minus before, of all values. */
  readonly plain: WeightedDifference;
  readonly cells: CellComparison;
  /** The control. */
  readonly reference:
    | { readonly before: Period; readonly after: Period; readonly cells: CellComparison }
    | undefined;
  readonly days: Sides["days"];
}

interface ChangeEstimates {
  /** What the verdict follows. */
  readonly of: LookedAtDifference["of"];
  readonly differences: readonly WeightedDifference[];
  readonly test: ContrastTest;
  /** What was asked for beside the plain difference. */
  readonly shown: {
    readonly mixAdjustment?: MixAdjustment;
    readonly differenceInDifferences?: DifferenceInDifferences;
  };
}

/** The difference at the mix of before, the difference of differences, and which of all the verdict follows. */
export const estimateChange = (
  { plain, cells, reference, days }: Given,
  { metric, adjustFor, control, confidence }: JudgeOptions,
): ChangeEstimates => {
  const testOf = (differences: readonly WeightedDifference[]) => contrastTest(differences, { confidence });
  const adjusted = testOf(cells.differences);
  const shown = adjustFor.length > 0 && {
    mixAdjustment: {
      adjustFor,
      ...estimateOf(adjusted),
      mixShift: plain.a.mean! - plain.b.mean! - adjusted.difference!,
      leftOut: cells.leftOut,
      leftOutShare: cells.leftOutShare,
    },
  };
  if (!control || !reference) {
    if (shown) return { of: "mix_adjusted", differences: cells.differences, test: adjusted, shown };
    const of = isRate(metric) ? "two_proportions" : "welch";
    return { of, differences: [plain], test: testOf([plain]), shown: {} };
  }

  const taken = reference.cells.differences.map(({ weight, a, b }) => ({ weight: -weight, a, b }));
  const differences = [...cells.differences, ...taken];
  const test = testOf(differences);
  const differenceInDifferences = {
    control: { ...control, before: reference.before, after: reference.after },
    ...estimateOf(test),
    leftOut: reference.cells.leftOut,
    ...preTrend(days, { confidence }),
  };
  return { of: "difference_in_differences", differences, test, shown: { ...shown, differenceInDifferences } };
};

/** Every cell has values on each side, so that there is a difference. */
const estimateOf = ({ difference, ci, t, df, p }: ContrastTest): Estimate => ({
  difference: difference!,
  ci,
  t,
  df,
  p,
});
