import type { ChangeRecord, EvaluationRecord, FeedbackEvent, FeedbackType } from "@heed/schema";
import type { RequestBatch, RequestQuery } from "./requests/request-batch.ts";
import type { GroupQuery, RequestGroup } from "./requests/request-group.ts";

/**
 * What heed needs of a database: thirteen verbs over three append-only collections. The caller's own client, a
 * file or a plain array can stand behind it.
 *
 * The laws, in short: appending is idempotent by `id`; what was appended is read back deeply equal; pages
 * neither skip nor repeat; filters combine with AND; an input or output changed by the caller changes nothing
 * in the store; an answer means that the data is as safe as the engine can make it; after `close` every verb
 * rejects with `STORE_CLOSED`, and what the engine refuses rejects with `STORE_FAILED` and its `cause`; an answer
 * never rests on a part of the data, unless the caller asked for that: it rejects with `STORE_INCOMPLETE`.
 */
export interface Store {
  /** What it is, for messages: `memory`, `sqlite`. */
  readonly name: string;

  /** Keeps events whose ids are new, and answers for each in order. */
  appendFeedback(events: readonly FeedbackEvent[]): Promise<readonly AppendOutcome[]>;
  /** Keeps records whose ids are new, and answers for each in order. */
  appendEvaluations(records: readonly EvaluationRecord[]): Promise<readonly AppendOutcome[]>;
  /** Keeps changes whose ids are new, and answers for each in order. */
  appendChanges(changes: readonly ChangeRecord[]): Promise<readonly AppendOutcome[]>;

  /** One page of the events that match, in the order of their ids. */
  readFeedback(filter: FeedbackFilter, page: PageRequest): Promise<Page<FeedbackEvent>>;
  /** One page of the records that match, in the order of their ids. */
  readEvaluations(filter: EvaluationFilter, page: PageRequest): Promise<Page<EvaluationRecord>>;
  /** One page of the changes that match, in the order of their ids. */
  readChanges(filter: ChangeFilter, page: PageRequest): Promise<Page<ChangeRecord>>;

  /** Removes the events that match, and says how many there were; a condition that is undefined is refused. */
  removeFeedback(filter: FeedbackFilter): Promise<number>;
  /** Removes the records that match, likewise. */
  removeEvaluations(filter: EvaluationFilter): Promise<number>;
  /** Removes the changes that match, likewise. */
  removeChanges(filter: ChangeFilter): Promise<number>;

  /**
   * Removes a user's events, beyond recovery as far as the engine can, and says how many there were. Later events of
   * that user are refused with `erased`: all that is kept of the user is the `userDigest`.
   */
  eraseUser(userId: string): Promise<number>;
  /** The digests of the users who were erased, in any order. */
  readErasedUsers(): Promise<readonly string[]>;
  /** Refuses the users of these digests from now on, as if they had been erased here: those who were erased elsewhere. */
  addErasedUsers(digests: readonly string[]): Promise<void>;

  /** Releases what the store opened itself; a second call is harmless. */
  close(): Promise<void>;

  /** Creates or migrates the tables; a second call is harmless. */
  setup?(): Promise<void>;

  /**
   * A fast path: requests joined with their folded feedback. Those of a query for voted ones only come in the order
   * of their ids, so that resampling can be repeated; others in any order. Core derives it where it is absent, and
   * both must give the same requests.
   */
  scanRequests?(query: RequestQuery): AsyncIterable<RequestBatch>;

  /** A fast path: how many requests were logged in a period. Core derives it from the scan where it is absent. */
  countRequests?(query: Pick<RequestQuery, "since" | "until">): Promise<number>;

  /**
   * A fast path: sufficient statistics of groups of requests, in any order. Core derives it from the scan where it
   * is absent, and both must give the same but for the rounding of sums.
   */
  groupRequests?(query: GroupQuery): Promise<readonly RequestGroup[]>;
}

/**
 * What became of one appended item: `stored`; `duplicate`, the very same item was there; `conflict`, its id
 * was there with other content, which stands; `erased`, its user was erased, and nothing of it is kept.
 */
export type AppendOutcome = "stored" | "duplicate" | "conflict" | "erased";

interface TimeFilter {
  /** From this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Up to this moment, exclusive. */
  readonly until?: Date | undefined;
}

interface RequestFilter extends TimeFilter {
  /** One request, or any of several. */
  readonly requestId?: string | readonly string[] | undefined;
}

/** Which changes: all given conditions must hold, and no condition matches everything. */
export interface ChangeFilter extends TimeFilter {
  /** Changes have neither request nor user nor type: a condition that was ignored would remove everything. */
  readonly requestId?: undefined;
  readonly userId?: undefined;
  readonly types?: undefined;
}

/** Which records: all given conditions must hold, and no condition matches everything. */
export interface EvaluationFilter extends RequestFilter {
  /** Records have no user: a condition that was ignored would remove everybody's. */
  readonly userId?: undefined;
  readonly types?: undefined;
}

/** Which events: all given conditions must hold, and no condition matches everything. */
export interface FeedbackFilter extends RequestFilter {
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
