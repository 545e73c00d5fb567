import type { Denominator } from "./choose-denominator.ts";
import type { TippingPoint } from "./find-tipping-point.ts";
import type { OutcomeDependence } from "./outcome-dependence.ts";
import type { PpiShare } from "./ppi-share.ts";
import type { ShareEstimate } from "./share-estimate.ts";
import type { WeightedShare } from "./weighted-share.ts";

/** What has to hold for an estimate to be right. */
export type Assumption =
  | "missing_completely_at_random"
  | "missing_at_random_within_cells"
  | "audits_are_a_random_sample";

/** Why an estimate is not there. */
export type WhyNot =
  | "too_few_verdicts"
  | "one_cell"
  | "too_few_audits"
  | "audits_not_random"
  | "scores_do_not_help";

/** Estimates of the same share, from the one that takes most on trust to the one that takes least; null where it cannot be had. */
export interface SatisfactionEstimates {
  /** Among the requests with a verdict of users. */
  readonly naive: ShareEstimate | null;
  /** The same, post-stratified by cohort. */
  readonly weighted: WeightedShare | null;
  /** Among the audited requests. */
  readonly audited: ShareEstimate | null;
  /** By PPI++: audits, corrected by the evaluator's scores of all other requests. */
  readonly ppi: PpiShare | null;
}

interface Scope {
  readonly score: string;
  readonly auditScore: string;
  readonly by: string;
  readonly level: "request";
  readonly denominator: Denominator;
  /** Requests that the share is of. */
  readonly requests: number;
  /** Those on which users' votes say good or bad. */
  readonly verdicts: number;
  /** Those whose votes are on the threshold, and say neither. */
  readonly neutral: number;
  readonly audits: number;
}

/** The share of good outputs among all requests, or why it cannot be said. */
export type Satisfaction =
  | (Scope &
      SatisfactionEstimates & {
        readonly verdict: "estimated";
        /** The best there is, in the order ppi, audited, weighted, naive. */
        readonly estimate: ShareEstimate & {
          readonly method: keyof SatisfactionEstimates;
          readonly assumes: Assumption;
        };
        /** Why the estimates that are null are. */
        readonly unavailable: Readonly<Partial<Record<keyof SatisfactionEstimates, WhyNot>>>;
        /** Where the whole interval of the estimate lies; `unclear` where it lies across the target. */
        readonly againstTarget: "above" | "below" | "unclear";
        readonly tippingPoint: TippingPoint;
        readonly outcomeDependence: OutcomeDependence;
      })
  | (Scope & {
      /** Fewer than five verdicts, and fewer than five audits that look random. */
      readonly verdict: "not_enough_data";
      readonly needed: number;
      readonly have: { readonly verdicts: number; readonly audits: number };
    });
