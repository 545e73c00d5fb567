/**
 * Whether users answer because of what they got, which no weighting can repair: as when the angry vote and the content
 * do not.
 */
export type OutcomeDependence = {
  /** Weights stand in for requests like those that were voted on; those that were not voted on differ in the very outcome. */
  readonly correctableByWeighting: false;
} & (
  | {
      /** By audits: whether what voters say, weighted, differs from what auditors find. */
      readonly verdict: "detected" | "not_detected";
      /** The share of good outputs by voters less that by auditors. */
      readonly difference: number;
      /** Of the difference, by the method of variance estimates recovery; `detected` where 0 lies outside. */
      readonly ci: readonly [number, number];
      /** Requests that both judged, and how often they agreed: where they do not, auditors may just be stricter. */
      readonly bothJudged: { readonly n: number; readonly agreed: number };
    }
  | {
      /** Without audits: whether, within cohorts, voted requests have other automatic scores than silent ones. */
      readonly verdict: "suspected" | "no_sign";
      /** The mean score of voted requests less that of silent ones of the same cohort, over cohorts as they are. */
      readonly difference: number;
      /** Of the difference; `suspected` where 0 lies outside. */
      readonly ci: readonly [number, number];
    }
  | {
      /** Neither audits nor automatic scores to tell by. */
      readonly verdict: "unknown";
    }
);
