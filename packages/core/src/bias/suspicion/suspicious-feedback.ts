import type { UserOutOfLine } from "./find-users-out-of-line.ts";

export type SuspicionReason = "near_duplicate_burst" | "machine_speed" | "out_of_line";

/** One event that should count for less, and why. */
export interface SuspiciousEvent {
  readonly feedbackId: string;
  readonly requestId: string;
  readonly userId?: string;
  readonly kind: "comment" | "thumb" | "rating";
  /** At least one. */
  readonly reasons: readonly SuspicionReason[];
  /**
   * What it should count for, 0 to 1; the least of its reasons. Comments and votes of a burst count as one for each
   * author together; votes at machine speed for nothing; those of a user out of line for 1.345 divided by the size of
   * the user's z, as in Huber's mean.
   */
  readonly weight: number;
}

/** Near-duplicate comments in a burst from few users. */
export interface SuspiciousCluster {
  readonly size: number;
  /** In order of the time. */
  readonly feedbackIds: readonly string[];
  /** Users with a name. */
  readonly users: number;
  /** Comments without one. */
  readonly anonymous: number;
  readonly from: Date;
  readonly to: Date;
  /** The first of them, as it was written. */
  readonly example: string;
  /** Of the risk that honest repetition gives as many. */
  readonly q: number;
}

/** How much of something was flagged. */
export interface FlaggedShare {
  readonly n: number;
  readonly flagged: number;
  /** 0 to 1, with Wilson's interval of 95 %; null where there is nothing. */
  readonly rate: number | null;
  readonly ci: readonly [number, number] | null;
}

/** What feedback is suspicious, or that none is, or that there is too little. */
export type SuspiciousFeedback =
  | {
      readonly verdict: "suspicious_feedback_found" | "none_found";
      /** In order of time. */
      readonly feedback: readonly SuspiciousEvent[];
      /** The largest first. */
      readonly clusters: readonly SuspiciousCluster[];
      /** The furthest out of line first. */
      readonly users: readonly UserOutOfLine[];
      readonly comments: FlaggedShare;
      /** Thumbs and ratings, standing or not. */
      readonly votes: FlaggedShare;
      /** What could be looked at. */
      readonly checks: {
        readonly outOfLine: {
          /** `too_few_users`: fewer than 10 share `minVotes` requests or more with three others. */
          readonly verdict: "judged" | "too_few_users";
          readonly users: number;
        };
        readonly machineSpeed: {
          /**
           * `unusable_times`: most of 10 users or more seem to vote at machine speed, as after an import that does not
           * know when they did.
           */
          readonly verdict: "judged" | "unusable_times";
          /** Users with enough votes for a run; votes without a user cannot be judged. */
          readonly users: number;
        };
      };
    }
  | {
      /** Fewer votes and comments than the smaller of `smallestCluster` and `smallestRun`. */
      readonly verdict: "not_enough_data";
      readonly needed: number;
      readonly have: number;
    };
