import type { Vote } from "./fold-feedback.ts";

/** Which requests, and what is wanted of each. */
export interface RequestQuery {
  /**
   * The names of the automatic scores wanted, a column each.
   * @default []
   */
  readonly scores?: readonly string[] | undefined;
  /**
   * The labels wanted, a column each: `model`, `promptVersion`, or a metadata key.
   * @default []
   */
  readonly labels?: readonly string[] | undefined;
  /**
   * Whether only requests with a standing vote are wanted.
   * @default false
   */
  readonly votedOnly?: boolean | undefined;
  /**
   * Whether each standing vote is wanted, beside their number and mean.
   * @default false
   */
  readonly eachVote?: boolean | undefined;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
}

/**
 * Some requests joined with what users said and did about them, one entry a request in every column.
 *
 * A request with standing votes that was never logged comes too, whatever the period, as its time is not known:
 * usually its id is not that of any record.
 */
export interface RequestBatch {
  readonly requestIds: readonly string[];
  /** Milliseconds since 1970; NaN for a request that was voted on but never logged. */
  readonly timestampMs: Float64Array;
  /** A column for each name of the query; NaN where a request has no such score. */
  readonly scores: readonly Float64Array[];
  /** A column for each label of the query; undefined where a request has no such field. */
  readonly labels: readonly (readonly (string | undefined)[])[];
  /** Mean of the standing votes, 1 to 5; NaN where there is none. */
  readonly humanScore: Float64Array;
  /** Standing votes. */
  readonly votes: Float64Array;
  /** 1 where somebody is known to have seen the output, for it was exposed; else 0. */
  readonly exposed: Uint8Array;
  /** 1 where somebody threw the output away; else 0. */
  readonly discarded: Uint8Array;
  /** The standing votes of each request, in order of time; empty lists unless the query asked for each. */
  readonly eachVote: readonly (readonly Vote[])[];
}
