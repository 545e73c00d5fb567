import type { MomentSums, PairedMomentSums } from "../stats/moment-sums.ts";

/** How to group requests, and which. */
export interface GroupQuery {
  /**
   * The labels whose combinations make the groups: `model`, `promptVersion`, or metadata keys.
   * @default []
   */
  readonly by?: readonly string[] | undefined;
  /**
   * Moments, rising, that part time into periods: the first period begins at the first of them, inclusive, and
   * each ends where the next begins; the last never ends. Earlier requests are in none, and in no group.
   * @default one period, all of time
   */
  readonly periods?: readonly Date[] | undefined;
  /** The automatic score to sum up; without it, there is none. */
  readonly score?: string | undefined;
  /**
   * Numbers, rising, that part the score into bins: the first bin lies below the first of them, and each number
   * is in the bin above it.
   * @default one bin, all scores
   */
  readonly scoreEdges?: readonly number[] | undefined;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
}

/** Sufficient statistics of the logged requests of one group. */
export interface RequestGroup {
  /** A value for each label of the query; undefined for the requests that have no such field. */
  readonly labels: readonly (string | undefined)[];
  /** Which period, from 0. */
  readonly period: number;
  /** Which bin of the score, from 0; null for the requests without the score, where there are edges. */
  readonly scoreBin: number | null;
  /** Logged requests. */
  readonly logged: number;
  /** Those with a standing vote. */
  readonly voted: number;
  /** Those whose output was recorded as exposed. */
  readonly exposed: number;
  /** Those with both a vote and an exposure. */
  readonly exposedAndVoted: number;
  /** Those whose output somebody threw away. */
  readonly discarded: number;
  /** Those with a human score above 3. */
  readonly liked: number;
  /** Those with a human score below 3. */
  readonly disliked: number;
  /** Of the automatic scores. */
  readonly score: MomentSums;
  /** Of the human scores. */
  readonly humanScore: MomentSums;
  /** Of the requests that have both: x is the automatic score, y the human one. */
  readonly both: PairedMomentSums;
}
