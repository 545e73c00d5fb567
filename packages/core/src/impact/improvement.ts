import type { ContrastTest } from "../stats/contrast-test.ts";
import type { ChangeMetric } from "./change-metric.ts";
import type { Segment } from "./collect-sides.ts";
import type { CellComparison, LeftOutCell } from "./compare-cells.ts";
import type { FeedbackComparison } from "./compare-feedback.ts";
import type { PreTrend } from "./pre-trend.ts";

/** The values of the metric on one side of the change. */
export interface Period {
  /** Requests that had a value. */
  readonly n: number;
  /** Of a rate, the rate. */
  readonly mean: number;
  /** Sample standard deviation. */
  readonly sd: number;
}

/** A difference, after minus before, with its t-test; null, all but the difference, where nothing has any spread. */
export interface Estimate extends Pick<ContrastTest, "ci" | "t" | "df" | "p"> {
  readonly difference: number;
}

/** A test of two means. */
export interface MeanTest {
  readonly t: number;
  readonly df: number;
  readonly p: number;
}

/** Two sides by the order of their values alone. */
export interface RankComparison {
  /** Pairs of a value after and one before in which that after is larger, equal ones counting a half. */
  readonly u1: number;
  readonly z: number;
  /** Two-sided p-value that either side is as likely as the other to have the larger value. */
  readonly p: number;
  /** Probability that a value after is larger than one before, less that it is smaller: -1 to 1. */
  readonly cliffsDelta: number;
}

/** The difference that there would be at the mix of requests before. */
export interface MixAdjustment extends Estimate, Pick<CellComparison, "leftOut" | "leftOutShare"> {
  /** The labels whose combinations are the cells. */
  readonly adjustFor: readonly string[];
  /** The plain difference less this one: what the change of mix alone did to it. */
  readonly mixShift: number;
}

/** The difference less that of requests that the change did not touch. */
export interface DifferenceInDifferences extends Estimate, PreTrend, Pick<CellComparison, "leftOut"> {
  readonly control: Segment & { readonly before: Period; readonly after: Period };
}

/** An interval that holds at every look. */
export interface LookedAtDifference {
  readonly looks: number;
  /** What it bounds: what the verdict would follow at a single look. */
  readonly of: Exclude<ImprovementBasis, "confidence_sequence" | "fisher_exact">;
  readonly difference: number;
  readonly ci: readonly [number, number];
}

/** Which interval the verdict follows, or which test where there is none. */
export type ImprovementBasis =
  | "welch"
  | "two_proportions"
  | "mix_adjusted"
  | "difference_in_differences"
  | "confidence_sequence"
  | "fisher_exact";

interface Scope {
  readonly change: string;
  /** What the verdict is about. */
  readonly metric: ChangeMetric;
  /** The name of the automatic score. */
  readonly score: string;
  readonly level: "request";
  /** Requests of either side that had no value of the metric: no such score, or no vote. */
  readonly dropped: number;
  /** What users said and did about the same requests, whatever the metric. */
  readonly feedback: FeedbackComparison;
}

interface Compared extends Scope {
  readonly before: Period;
  readonly after: Period;
  /** Mean after minus mean before, in units of the metric. */
  readonly difference: number;
  /**
   * Whether the segment was measured that the change was chosen for. A segment that is picked for doing badly did so
   * partly by bad luck, and luck does not last: it gets better by itself. Requests from after the choice, on both
   * sides, are free of that.
   */
  readonly regressionToTheMean: boolean;
  /**
   * How much of the difference that may be: the distance of the segment's mean before from the mean of all segments,
   * times the share of it that is not reliable. Null without the flag, and where fewer than three segments leave the
   * reliability unknown.
   */
  readonly expectedRegression: number | null;
}

interface Estimated extends Compared {
  readonly basis: ImprovementBasis;
  /** With `adjustFor`. */
  readonly mixAdjustment?: MixAdjustment;
  /** With `control`. */
  readonly differenceInDifferences?: DifferenceInDifferences;
}

/** What became of a metric when something was changed, or why that cannot be said. */
export type Improvement =
  | (Estimated & {
      /** Better is higher, and for the discard rate lower. */
      readonly verdict: "improved" | "worsened" | "not_significant";
      /** The interval of the difference: Welch's, and for rates Newcombe's. */
      readonly ci: readonly [number, number];
      /** The difference in percent of the size of the mean before; null when that mean is 0. */
      readonly improvementPct: number | null;
      /** Welch's test: it does not take the two spreads to be equal. */
      readonly welch: MeanTest;
      /** Student's test with a pooled variance, for comparison with figures that were made with it. */
      readonly student: MeanTest;
      /** The Mann-Whitney test and Cliff's delta; null for rates, of which they say nothing new. */
      readonly mannWhitney: RankComparison | null;
      /** The difference in pooled standard deviations, without the bias of small samples. */
      readonly hedgesG: number;
      /**
       * The smallest true difference, in units of the metric, that one look at so many requests finds with the
       * probability `power`, by the estimate that the verdict follows.
       */
      readonly minimumDetectableEffect: number;
      /** Whether the interval that the verdict follows leaves out 0. */
      readonly significant: boolean;
      /** With more than one look. */
      readonly confidenceSequence?: LookedAtDifference;
    })
  | (Scope & {
      readonly verdict: "not_enough_data";
      /** Values that each side needs, of what is measured and of the control. */
      readonly needed: number;
      readonly have: {
        readonly before: number;
        readonly after: number;
        readonly controlBefore?: number;
        readonly controlAfter?: number;
      };
    })
  | (Compared & {
      /** No combination of the labels in `adjustFor` has two values on each side, so that nothing is like with like. */
      readonly verdict: "no_overlap";
      readonly leftOut: readonly LeftOutCell[];
    })
  | (Estimated & {
      /** Every value went from one to another: without a spread there is no interval, but a test of the two values. */
      readonly verdict: "improved" | "worsened" | "not_significant";
      /** Two-sided, by Fisher's exact test; the verdict is open above 1 - `confidence`. */
      readonly p: number;
      /** As above. */
      readonly improvementPct: number | null;
    })
  | (Estimated & {
      /**
       * Every value is the same, on both sides; or, with `adjustFor`, `control` or `looks`, the same as the others of its
       * side, or of its cell and side, so that there is no spread to test the difference against.
       */
      readonly verdict: "no_variation";
    });
