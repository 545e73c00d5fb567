/** Requests that could not be paired, by the first thing that they lacked. */
export interface Unpaired {
  /** Logged, but nobody voted. */
  readonly noVotes: number;
  /** Voted on and logged, but without the score. */
  readonly noScore: number;
  /** Voted on and scored, but without the model, prompt version or metadata key of the level. */
  readonly noLabel: number;
  /** All of that, but in a cell that has no weight; 0 where no weights were given. */
  readonly noWeight: number;
  /** Voted on, but never logged, at any time: usually request ids that do not match. */
  readonly notLogged: number;
}

interface Scope {
  readonly score: string;
  readonly level: string;
  readonly dropped: Unpaired;
}

/** A correlation coefficient, -1 to 1, with its two-sided p-value and its confidence interval. */
export interface CorrelationEstimate {
  readonly r: number;
  readonly p: number;
  readonly ci: readonly [number, number];
}

/** Intervals that allow for users who vote more than once, by drawing users instead of votes. */
export interface ClusteredIntervals {
  /** Users among the votes; every anonymous vote is a user of its own. */
  readonly users: number;
  /** Samples of users behind the intervals. */
  readonly resamples: number;
  readonly pearson: readonly [number, number] | null;
  readonly spearman: readonly [number, number] | null;
  /**
   * Why an interval is null: fewer than 20 users, too many samples of one value, or all samples alike; null when none is.
   */
  readonly reason: "too_few_clusters" | "often_undefined" | "no_spread" | null;
}

/** How far human scores and automatic scores go together, or why that cannot be said. */
export type FeedbackCorrelation =
  | (Scope & {
      readonly verdict: "estimated";
      /** Pairs. */
      readonly n: number;
      /** How many pairs of equal weight would be as sure, by Kish; `n` without weights, and at a coarser level. */
      readonly effectiveSize: number;
      /** Mean number of standing votes behind one pair. */
      readonly votesPerUnit: number;
      readonly pearson: CorrelationEstimate;
      readonly spearman: CorrelationEstimate;
      /** Tau-b; null for four pairs, which are too few for its interval, and under weights, which it does not know. */
      readonly kendall: CorrelationEstimate | null;
      /**
       * The intervals to go by when some user voted on several requests, since those above take every pair for a
       * word of its own; null when nobody is known to have done so, at a coarser level, where each label is a word of its
       * own, and for `resamples: 0`.
       */
      readonly clustered: ClusteredIntervals | null;
    })
  | (Scope & { readonly verdict: "not_enough_data"; readonly needed: number; readonly have: number })
  | (Scope & {
      /** All humans, or all scores, say the same: there is nothing to correlate. */
      readonly verdict: "no_variation";
      readonly n: number;
      readonly constant: "humanScore" | "score" | "both";
    });

/** The correlations of several scores. */
export interface CorrelationTable {
  /** `no_scores`: no voted request of the period has any automatic score, or none was asked for. */
  readonly verdict: "table" | "no_scores";
  readonly level: string;
  /** A row for each score, in the order asked for, or of their names. */
  readonly rows: readonly (FeedbackCorrelation & {
    /** Benjamini and Hochberg's q of Spearman's p among all rows; null for a row without an estimate. */
    readonly q: number | null;
  })[];
}
