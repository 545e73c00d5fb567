import type { FeedbackEvent } from "@heed/schema";
import type { StandingComment, StandingVote } from "../../collect/standing-votes.ts";
import { readPages } from "../../read-pages.ts";
import { scanRequests } from "../../requests/scan-requests.ts";
import type { Store } from "../../store.ts";
import { byTime } from "../../time-order.ts";
import type { Seen } from "./find-fast-votes.ts";

interface ReadOptions {
  readonly since: Date | undefined;
  readonly until: Date | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((events: number) => void) | undefined;
}

/** What may be suspicious: everything said in a period. */
export interface Suspects {
  /** In order of time, those that were taken back among them. */
  readonly comments: readonly StandingComment[];
  /** In order of time, those that were replaced or taken back among them. */
  readonly votes: readonly StandingVote[];
  readonly retractions: readonly FeedbackEvent[];
}

const pageSize = 5_000;

async function* readEvents(
  store: Store,
  types: readonly FeedbackEvent["type"][],
  { since, until, signal, onProgress }: ReadOptions,
) {
  let read = 0;
  const filter = { types, since, until };
  for await (const events of readPages((...asked) => store.readFeedback(...asked), filter, pageSize)) {
    signal?.throwIfAborted();
    yield* events;
    read += events.length;
    onProgress?.(read);
  }
}

/** Reads what users said in a period, whatever request it is about. */
export const readSuspects = async (store: Store, options: ReadOptions): Promise<Suspects> => {
  const [comments, votes, retractions]: [StandingComment[], StandingVote[], FeedbackEvent[]] = [[], [], []];
  for await (const event of readEvents(store, saidTypes, options)) {
    if (event.type === "explicit_text_comment") comments.push(event);
    else if (event.type === "explicit_retraction") retractions.push(event);
    else if (isVote(event)) votes.push(event);
  }
  return { comments: comments.sort(byTime), votes: votes.sort(byTime), retractions };
};

const saidTypes = [
  "explicit_thumbs_up",
  "explicit_thumbs_down",
  "explicit_rating",
  "explicit_text_comment",
  "explicit_retraction",
] as const;

const isVote = (event: FeedbackEvent): event is StandingVote =>
  event.type === "explicit_thumbs_up" ||
  event.type === "explicit_thumbs_down" ||
  event.type === "explicit_rating";

/** Reads when requests were logged, and how long they were visible to the users who voted on them. */
export const readSeen = async (
  store: Store,
  votes: ReadonlyMap<string, readonly StandingVote[]>,
  options: ReadOptions,
): Promise<Seen> => {
  const voted = new Map(
    [...votes].map(([userId, own]) => [userId, new Map(own.map(({ requestId }) => [requestId, Number.NaN]))]),
  );
  const logged = new Map<string, number>();
  for await (const { requestIds, timestampMs } of scanRequests(store, { votedOnly: true })) {
    options.signal?.throwIfAborted();
    for (const [at, requestId] of requestIds.entries()) logged.set(requestId, timestampMs[at]!);
  }
  // An output that was voted on in the period may have been seen before it.
  const exposures = { ...options, since: undefined, until: undefined, onProgress: undefined };
  for await (const { type, value, userId, requestId } of readEvents(
    store,
    ["implicit_exposure"],
    exposures,
  )) {
    const own = userId === undefined ? undefined : voted.get(userId);
    const before = own?.get(requestId);
    if (type !== "implicit_exposure" || before === undefined) continue;
    own!.set(requestId, (Number.isNaN(before) ? 0 : before) + value.visibleMs);
  }
  return {
    loggedMs: (requestId) => logged.get(requestId) ?? Number.NaN,
    visibleMs: (userId, requestId) => voted.get(userId)?.get(requestId) ?? Number.NaN,
  };
};
