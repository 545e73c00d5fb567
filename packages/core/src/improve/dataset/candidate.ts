/** An event that counts, and whose it is. */
export interface Trace {
  readonly id: string;
  /** The `userDigest` of who did it; absent where nobody knows. */
  readonly user?: string;
}

/** A standing vote, 1 to 5. */
export interface ScoredTrace extends Trace {
  readonly score: number;
}

/** What somebody made of an output. */
export interface EditTrace extends Trace {
  readonly textKey: string;
  readonly committed: boolean;
  /** Committed, or the output was sent, copied or accepted by the same user. */
  readonly accepted: boolean;
  /** From the output, 0 to 1: see `tokenEditDistance`. */
  readonly distance: number;
}

/** A request that rows can be made of. Its texts are long, and are read again when they are written. */
export interface Candidate {
  readonly requestId: string;
  readonly timestampMs: number;
  readonly promptKey: string;
  readonly outputKey: string;
  readonly promptVersion: string | undefined;
  /** The value of the label in `groupBy`; undefined where it has none, or groups are of users or prompts. */
  readonly group: string | undefined;
  readonly votes: readonly ScoredTrace[];
  readonly uses: readonly Trace[];
  /** By which the user asked for another output. */
  readonly discards: readonly Trace[];
  /** One of each user. */
  readonly edits: readonly EditTrace[];
}
