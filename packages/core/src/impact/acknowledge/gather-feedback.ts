import type { ChangeRecord } from "@heed/schema";
import {
  foldStanding,
  type StandingComment,
  type StandingVote,
  scoreOf,
} from "../../collect/standing-votes.ts";
import { scanRequests } from "../../requests/scan-requests.ts";
import type { Store } from "../../store.ts";
import { readEvents, voteTypes } from "./read-events.ts";

export interface BehindQuery {
  /** Votes below it are negative. */
  readonly humanThreshold: number;
  /** Only votes with one of these reasons. */
  readonly reasons: readonly string[] | undefined;
  /** Only these requests. */
  readonly requestIds: readonly string[] | undefined;
  /** Only requests from this moment on. */
  readonly since: Date | undefined;
}

/** What was said against one request before a change that covers it. */
export interface FeedbackBehind {
  readonly change: ChangeRecord;
  readonly requestId: string;
  /** The negative votes that stood when the change shipped, and still do; at least one. */
  readonly votes: readonly StandingVote[];
  /** The comments of the users who gave those votes, likewise. */
  readonly comments: readonly StandingComment[];
  /** All votes that stood then, of anybody. */
  readonly stood: readonly StandingVote[];
}

/** Gathers the feedback behind changes, in one scan; then reads the events of the requests with negative votes, many at once. */
export const gatherFeedback = async (
  store: Store,
  changes: readonly ChangeRecord[],
  { humanThreshold, reasons, requestIds, since }: BehindQuery,
): Promise<readonly FeedbackBehind[]> => {
  const labels = [...new Set(changes.flatMap(({ segment }) => segment?.label ?? []))];
  const until = new Date(Math.max(...changes.map(({ timestamp }) => timestamp.getTime())));
  // From then on no request is behind any of them.
  if (since && since >= until) return [];
  const asked = requestIds && new Set(requestIds);
  const coveredBy = new Map<string, readonly ChangeRecord[]>();
  const wanted = { labels, votedOnly: true, eachVote: true, since, until };
  for await (const batch of scanRequests(store, wanted)) {
    for (const [at, requestId] of batch.requestIds.entries()) {
      if (asked && !asked.has(requestId)) continue;
      if (!batch.eachVote[at]!.some(({ score }) => score < humanThreshold)) continue;
      const covering = changes.filter(
        ({ segment, timestamp }) =>
          // Not so for one that was never logged.
          batch.timestampMs[at]! < timestamp.getTime() &&
          (!segment || batch.labels[labels.indexOf(segment.label)]![at] === segment.value),
      );
      if (covering.length > 0) coveredBy.set(requestId, covering);
    }
  }

  const gathered: FeedbackBehind[] = [];
  const types = [...voteTypes, "explicit_text_comment"] as const;
  for await (const [requestId, events] of readEvents(store, [...coveredBy.keys()], types)) {
    const now = foldStanding(events);
    const stillNegative = new Set(now.votes.filter((vote) => scoreOf(vote) < humanThreshold).map(ownerOf));
    const stillThere = new Set(now.comments.map(({ id }) => id));
    for (const change of coveredBy.get(requestId)!) {
      const then = foldStanding(events.filter(({ timestamp }) => timestamp < change.timestamp));
      const votes = then.votes.filter(
        (vote) =>
          scoreOf(vote) < humanThreshold &&
          stillNegative.has(ownerOf(vote)) &&
          (!reasons || ("reasons" in vote && vote.reasons?.some((reason) => reasons.includes(reason)))),
      );
      if (votes.length === 0) continue;
      const users = new Set(votes.flatMap(({ userId }) => userId ?? []));
      const comments = then.comments.filter(
        ({ id, userId }) => userId !== undefined && users.has(userId) && stillThere.has(id),
      );
      gathered.push({ change, requestId, votes, comments, stood: then.votes });
    }
  }
  return gathered;
};

/** One user's thumb, or rating, on a request; nobody's is known by its id. */
const ownerOf = ({ type, userId, id }: StandingVote): string =>
  JSON.stringify([type === "explicit_rating", userId ?? { id }]);
