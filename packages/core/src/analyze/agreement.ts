import type { HumanCeiling } from "./human-ceiling.ts";

/** A share, 0 to 1, with Wilson's interval; null where it is one of nothing. */
export interface Share {
  readonly share: number;
  readonly ci: readonly [number, number];
  /** Requests that it is a share of. */
  readonly n: number;
}

/** Cohen's kappa; no interval where the agreement is perfect or as bad as can be. */
export interface KappaEstimate {
  readonly kappa: number;
  readonly ci: readonly [number, number] | null;
}

interface Scope {
  readonly score: string;
  readonly level: "request";
  readonly dropped: {
    /** Logged, but nobody voted. */
    readonly noVotes: number;
    /** Voted on and logged, but without the score. */
    readonly noScore: number;
    /** Voted on, but never logged, at any time. */
    readonly notLogged: number;
  };
  readonly confusion: Confusion;
  readonly ties: Ties;
  readonly humanCeiling: HumanCeiling;
}

/** How often each verdict of the humans met each of the evaluator's. */
export interface Confusion {
  /** What the places in the table mean. */
  readonly codes: { readonly bad: 0; readonly neutral: 1; readonly good: 2 };
  /** A row for each verdict of the humans, a column for each of the evaluator's. */
  readonly table: readonly (readonly number[])[];
}

/** What became of values that lie exactly at a threshold. */
export interface Ties {
  /** Requests whose human score is exactly the threshold: neutral. */
  readonly human: number;
  /** Whether neutral verdicts are no verdict, or a category of their own, in kappa. */
  readonly neutral: "leave_out" | "category";
  /** Requests whose score is exactly the threshold; null with a neutral band. */
  readonly evaluator: number | null;
  /** What such a score says; the ends of a neutral band are neutral. */
  readonly evaluatorCountsAs: "good" | "neutral";
}

/** How far the evaluator's verdicts agree with the humans', or why that cannot be said. */
export type Agreement =
  | (Scope & {
      readonly verdict: "estimated";
      /** Requests behind kappa. */
      readonly n: number;
      /** 1 for full agreement, 0 for as much as chance gives. */
      readonly kappa: KappaEstimate;
      /** A disagreement counts the steps between bad, neutral and good, or their square; null without a neutral band. */
      readonly kappaLinear: KappaEstimate | null;
      readonly kappaQuadratic: KappaEstimate | null;
      /** Humans who say good, among requests on which both sides say good or bad, as are all shares below. */
      readonly prevalence: Share | null;
      /** Evaluator and humans say the same. */
      readonly accuracy: Share | null;
      /** Humans say good, where the evaluator does. */
      readonly precision: Share | null;
      /** The evaluator says good, where humans do. */
      readonly recall: Share | null;
      /** The evaluator says bad, where humans do. */
      readonly specificity: Share | null;
      /** Mean of recall and specificity: 0.5 for an evaluator that always says the same. */
      readonly balancedAccuracy: Share | null;
      readonly warnings: readonly AgreementWarning[];
    })
  | (Scope & { readonly verdict: "not_enough_data"; readonly needed: number; readonly have: number })
  | (Scope & {
      /** The humans, or the evaluator, or both, say the same of every request. */
      readonly verdict: "no_variation";
      readonly n: number;
      readonly constant: "humanScore" | "score" | "both";
    });

/**
 * `at_human_ceiling`: kappa reaches into the interval of the users' agreement in verdicts, or beyond, so that a
 * better evaluator could hardly be told from this one by these votes.
 * `humans_disagree`: users do not agree with each other beyond chance, so that there is nothing to agree with.
 */
export type AgreementWarning = "at_human_ceiling" | "humans_disagree";
