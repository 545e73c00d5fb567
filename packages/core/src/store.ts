import type { EvaluationRecord, FeedbackEvent, FeedbackType } from "@heed/schema";

/**
 * What heed needs of a database: seven verbs over two append-only collections. The caller's own client, a
 * file or a plain array can stand behind it.
 *
 * The laws, in short: appending is idempotent by `id`; what was appended is read back deeply equal; pages
 * neither skip nor repeat; filters combine with AND; an input or output changed by the caller changes nothing
 * in the store; an answer means that the data is as safe as the engine can make it; after `close` every verb
 * rejects with `STORE_CLOSED`, and what the engine refuses rejects with `STORE_FAILED` and its `cause`.
 */
export interface Store {
  /** What it is, for messages: `memory`, `sqlite`. */
  readonly name: string;

  /** Keeps events whose ids are new, and answers for each in order. */
  appendFeedback(events: readonly FeedbackEvent[]): Promise<readonly AppendOutcome[]>;
  /** Keeps records whose ids are new, and answers for each in order. */
  appendEvaluations(records: readonly EvaluationRecord[]): Promise<readonly AppendOutcome[]>;

  /** One page of the events that match, in the order of their ids. */
  readFeedback(filter: FeedbackFilter, page: PageRequest): Promise<Page<FeedbackEvent>>;
  /** One page of the records that match, in the order of their ids. */
  readEvaluations(filter: EvaluationFilter, page: PageRequest): Promise<Page<EvaluationRecord>>;

  /** Removes the events that match, and says how many there were; a condition that is undefined is refused. */
  removeFeedback(filter: FeedbackFilter): Promise<number>;
  /** Removes the records that match, likewise. */
  removeEvaluations(filter: EvaluationFilter): Promise<number>;

  /** Releases what the store opened itself; a second call is harmless. */
  close(): Promise<void>;

  /** Creates or migrates the tables; a second call is harmless. */
  setup?(): Promise<void>;
}

/**
 * What became of one appended item: `stored`; `duplicate`, the very same item was there; `conflict`, its id
 * was there with other content, which stands.
 */
export type AppendOutcome = "stored" | "duplicate" | "conflict";

interface CommonFilter {
  readonly requestId?: string | undefined;
  /** From this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Up to this moment, exclusive. */
  readonly until?: Date | undefined;
}

/** Which records: all given conditions must hold, and no condition matches everything. */
export interface EvaluationFilter extends CommonFilter {
  /** Records have no user: a condition that was ignored would remove everybody's. */
  readonly userId?: undefined;
  readonly types?: undefined;
}

/** Which events: all given conditions must hold, and no condition matches everything. */
export interface FeedbackFilter extends CommonFilter {
  readonly userId?: string | undefined;
  readonly types?: readonly FeedbackType[] | undefined;
}

/** Which part of the matches: those with an id beyond `after`, at most `limit` of them. */
export interface PageRequest {
  readonly after?: string | undefined;
  /** At least 1. */
  readonly limit: number;
}

/** One page; `next` is the `after` of the following page, and absent on the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string | undefined;
}
