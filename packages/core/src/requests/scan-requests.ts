import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { foldStanding, humanScore } from "../collect/standing-votes.ts";
import { readAll } from "../read-all.ts";
import type { Store } from "../store.ts";
import { foldRequest, type LoggedRequest } from "./fold-request.ts";

/** Which requests, and what is wanted of each. */
export interface RequestQuery {
  /** The name of the automatic score. */
  readonly score: string;
  /**
   * Whether votes are wanted: without, feedback is not read at all, and nobody has voted.
   * @default true
   */
  readonly votes?: boolean | undefined;
  /** What to label each request with: `model`, `promptVersion`, or a metadata key. */
  readonly label?: string | undefined;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
}

/** Requests joined with their standing votes, one entry a request in every column. */
export interface RequestColumns {
  readonly requestIds: readonly string[];
  /** Milliseconds since 1970. */
  readonly timestampMs: Float64Array;
  /** The automatic score; NaN where there is none. */
  readonly score: Float64Array;
  /** Mean of the standing votes, 1 to 5; NaN where there is none. */
  readonly humanScore: Float64Array;
  /** Standing votes. */
  readonly votes: Float64Array;
  readonly label: readonly (string | undefined)[];
  /** Requests with standing votes that were never logged: usually request ids that do not match. */
  readonly votedButNotLogged: number;
}

const explicitVotes = [
  "explicit_thumbs_up",
  "explicit_thumbs_down",
  "explicit_rating",
  "explicit_retraction",
] as const;

/** Joins every logged request with its standing votes, reading each collection once. */
export const scanRequests = async (store: Store, query: RequestQuery): Promise<RequestColumns> => {
  const records = readAll((filter, page) => store.readEvaluations(filter, page), {});
  const events = readAll((filter, page) => store.readFeedback(filter, page), { types: explicitVotes });
  // Prompts and outputs are long, and no column holds them.
  const logged = await groupByRequest(records, ({ prompt: _, output: __, ...record }) => record);
  const voted =
    query.votes === false
      ? new Map<string, FeedbackEvent[]>()
      : await groupByRequest(events, (event) => event);

  const since = query.since?.getTime() ?? Number.NEGATIVE_INFINITY;
  const until = query.until?.getTime() ?? Number.POSITIVE_INFINITY;
  // Parts of a request may be logged at any time, so that its own time is known only once it is folded.
  const requests = [...logged.values()].map(foldRequest).filter(({ timestamp }) => {
    const time = timestamp.getTime();
    return time >= since && time < until;
  });
  const votes = requests.map(({ requestId }) => foldStanding(voted.get(requestId) ?? []).votes);

  return {
    requestIds: requests.map(({ requestId }) => requestId),
    timestampMs: Float64Array.from(requests, ({ timestamp }) => timestamp.getTime()),
    score: Float64Array.from(requests, ({ evalScores }) =>
      Object.hasOwn(evalScores, query.score) ? evalScores[query.score]! : Number.NaN,
    ),
    humanScore: Float64Array.from(votes, (standing) => humanScore(standing) ?? Number.NaN),
    votes: Float64Array.from(votes, ({ length }) => length),
    label: requests.map((request) => labelOf(request, query.label)),
    votedButNotLogged: countVoted(voted, logged),
  };
};

const groupByRequest = async <Item extends EvaluationRecord | FeedbackEvent, Kept>(
  items: AsyncIterable<Item>,
  keep: (item: Item) => Kept,
): Promise<Map<string, Kept[]>> => {
  const groups = new Map<string, Kept[]>();
  for await (const item of items) {
    const group = groups.get(item.requestId);
    if (group) group.push(keep(item));
    else groups.set(item.requestId, [keep(item)]);
  }
  return groups;
};

const labelOf = (request: LoggedRequest, label: string | undefined): string | undefined => {
  if (label === undefined) return undefined;
  if (label === "model" || label === "promptVersion") return request[label];
  const value =
    request.metadata && Object.hasOwn(request.metadata, label) ? request.metadata[label] : undefined;
  return value === undefined ? undefined : String(value);
};

const countVoted = (voted: Map<string, FeedbackEvent[]>, logged: Map<string, unknown>): number => {
  let count = 0;
  for (const [requestId, events] of voted)
    if (!logged.has(requestId) && foldStanding(events).votes.length > 0) count++;
  return count;
};
