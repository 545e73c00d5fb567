import { requireCount, requirePeriod } from "../check-options.ts";
import { foldStanding, type StandingComment, type StandingVote } from "../collect/standing-votes.ts";
import { HeedError } from "../errors.ts";
import { wilsonInterval } from "../stats/wilson-interval.ts";
import type { Store } from "../store.ts";
import { byTime } from "../time-order.ts";
import { actorOf } from "./suspicion/actor-of.ts";
import { type CommentBurst, findCommentBursts } from "./suspicion/find-comment-bursts.ts";
import { findFastVotes } from "./suspicion/find-fast-votes.ts";
import { findUsersOutOfLine } from "./suspicion/find-users-out-of-line.ts";
import { readSeen, readSuspects } from "./suspicion/read-suspects.ts";
import type {
  FlaggedShare,
  SuspicionReason,
  SuspiciousCluster,
  SuspiciousEvent,
  SuspiciousFeedback,
} from "./suspicion/suspicious-feedback.ts";
import { votesWithComments } from "./suspicion/votes-with-comments.ts";

export interface SuspiciousOptions {
  /** Feedback from this moment on, inclusive, whatever request it is about. */
  readonly since?: Date | undefined;
  /** Feedback up to this moment, exclusive. */
  readonly until?: Date | undefined;
  /**
   * The share of their shingles, runs of three letters, from which on two comments are near-duplicates, above 0 and up
   * to 1. Attackers swap words: one word in four leaves about this much.
   * @default 0.4
   */
  readonly similarity?: number | undefined;
  /**
   * How many near-duplicate comments within `burstMs` are suspicious, from 2.
   * @default 5
   */
  readonly smallestCluster?: number | undefined;
  /**
   * Within how many milliseconds a burst comes.
   * @default 3600000, an hour
   */
  readonly burstMs?: number | undefined;
  /**
   * A burst is of few users if it has at most so many authors, or `smallestCluster` comments for each of them.
   * @default 5
   */
  readonly fewUsers?: number | undefined;
  /**
   * Nobody reads an output and votes on it in less than this.
   * @default 1000
   */
  readonly fastestMs?: number | undefined;
  /**
   * How many requests a user has to vote on that fast, one after the other, from 2.
   * @default 5
   */
  readonly smallestRun?: number | undefined;
  /**
   * How many requests a user has to share with others to be compared with them, from 2.
   * @default 20
   */
  readonly minVotes?: number | undefined;
  /**
   * The false discovery rate, of bursts and of users out of line, between 0 and 1.
   * @default 0.05
   */
  readonly q?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Is told how many events have been read. */
  readonly onProgress?: ((events: number) => void) | undefined;
}

/** Where Huber's weights begin to fall, in standard errors: at 95 % of the mean's efficiency for honest users. */
const huber = 1.345;

/**
 * Flags feedback that should not count in full: near-duplicate comments in a burst from few users, and the votes they
 * came with; votes at machine speed; and all votes of users far out of line with their peers. Nothing is deleted: take
 * the ids as `flagged` where a function knows it, and tell how much it was.
 *
 * Near-duplicates are found by MinHash over the letters of comments, so that case, punctuation, digits, emoji and
 * invisible characters hide nothing, and a swapped word or a typo little. A comment of fewer than 30 letters counts for
 * less, as short ones are often the same by chance; and a burst has to be more than the same authors, and everybody,
 * write such a comment otherwise. A visitor without a name may be one person or many: a crowd of them that complains
 * of an outage in the same words looks like a burst, so read the `example`.
 *
 * Votes without a user are judged by the comments that they come with only. Users are compared with the others on the
 * same requests; where most of these are attackers, the honest ones are out of line.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`; and the reason of the `signal`, once it is aborted
 *
 * Source: A. Z. Broder's MinHash; the weights of P. J. Huber, "Robust Statistics" (1981).
 *
 * @example
 * const answer = await flagSuspiciousFeedback(store);
 * if (answer.verdict === "suspicious_feedback_found")
 *   await retrainEvaluator(store, { flagged: answer.feedback });
 */
export const flagSuspiciousFeedback = async (
  store: Store,
  options: SuspiciousOptions = {},
): Promise<SuspiciousFeedback> => {
  const query = queryOf(options);
  const { since, until, signal, onProgress } = options;
  const reading = { since, until, signal, onProgress };
  const { comments, votes, retractions } = await readSuspects(store, reading);
  const needed = Math.min(query.smallestCluster, query.smallestRun);
  const have = comments.length + votes.length;
  if (have < needed) return { verdict: "not_enough_data", needed, have };

  const suspicion = collectSuspicion();
  const bursts = findCommentBursts(comments, query);
  for (const burst of bursts) {
    const together = [...burst.comments, ...votesWithComments(burst.comments, votes)];
    for (const event of together)
      suspicion.add(event, "near_duplicate_burst", Math.min(1, burst.actors / burst.comments.length));
  }

  signal?.throwIfAborted();
  const byUser = new Map<string, readonly StandingVote[]>();
  for (const [userId, own] of Map.groupBy(votes, (vote) => vote.userId))
    if (userId !== undefined) byUser.set(userId, own);
  const fast = findFastVotes(byUser, await readSeen(store, byUser, reading), query);
  for (const vote of fast.votes) suspicion.add(vote, "machine_speed", 0);

  // What was flagged so far would pull the others' mean, and make the honest ones look out of line.
  const unsuspected = votes.filter(({ id }) => !suspicion.has(id));
  const requests = Map.groupBy([...unsuspected, ...retractions], ({ requestId }) => requestId);
  const standing = [...requests]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => foldStanding(own).votes);
  const outOfLine = findUsersOutOfLine(standing, query);
  for (const { userId, z } of outOfLine.users)
    for (const vote of byUser.get(userId)!)
      suspicion.add(vote, "out_of_line", Math.min(1, huber / Math.abs(z)));

  const feedback = suspicion.all();
  const flaggedComments = feedback.filter(({ kind }) => kind === "comment").length;
  return {
    verdict: feedback.length > 0 ? "suspicious_feedback_found" : "none_found",
    feedback,
    clusters: bursts.map(clusterOf).sort((a, b) => b.size - a.size || a.from.getTime() - b.from.getTime()),
    users: [...outOfLine.users].sort(
      (a, b) => Math.abs(b.z) - Math.abs(a.z) || (a.userId < b.userId ? -1 : 1),
    ),
    comments: shareOf(flaggedComments, comments.length),
    votes: shareOf(feedback.length - flaggedComments, votes.length),
    checks: {
      outOfLine: { verdict: outOfLine.verdict, users: outOfLine.compared },
      machineSpeed: { verdict: fast.verdict, users: fast.users },
    },
  };
};

const queryOf = (options: SuspiciousOptions) => {
  const query = {
    similarity: options.similarity ?? 0.4,
    smallestCluster: options.smallestCluster ?? 5,
    burstMs: options.burstMs ?? 3_600_000,
    fewUsers: options.fewUsers ?? 5,
    fastestMs: options.fastestMs ?? 1_000,
    smallestRun: options.smallestRun ?? 5,
    minVotes: options.minVotes ?? 20,
    q: options.q ?? 0.05,
  };
  requirePeriod(options);
  if (!(query.similarity > 0 && query.similarity <= 1))
    throw new HeedError("INVALID_QUERY", "similarity is not above 0 and up to 1");
  if (!(query.q > 0 && query.q < 1)) throw new HeedError("INVALID_QUERY", "q is not between 0 and 1");
  for (const name of ["burstMs", "fastestMs"] as const)
    if (!(query[name] > 0 && query[name] < Number.POSITIVE_INFINITY))
      throw new HeedError("INVALID_QUERY", `${name} is not a number above 0`);
  for (const [name, least] of [
    ["smallestCluster", 2],
    ["fewUsers", 1],
    ["smallestRun", 2],
    ["minVotes", 2],
  ] as const)
    requireCount(name, query[name], least);
  return query;
};

const kinds = {
  explicit_text_comment: "comment",
  explicit_rating: "rating",
  explicit_thumbs_up: "thumb",
  explicit_thumbs_down: "thumb",
} as const;

/** Gathers what is flagged, and under which reasons. */
const collectSuspicion = () => {
  const events = new Map<
    string,
    { event: StandingVote | StandingComment; reasons: Set<SuspicionReason>; weight: number }
  >();
  return {
    has: (id: string): boolean => events.has(id),
    add: (event: StandingVote | StandingComment, reason: SuspicionReason, weight: number): void => {
      const found = events.get(event.id) ?? { event, reasons: new Set(), weight };
      events.set(event.id, found);
      found.reasons.add(reason);
      found.weight = Math.min(found.weight, weight);
    },
    all: (): readonly SuspiciousEvent[] =>
      [...events.values()]
        .sort((a, b) => byTime(a.event, b.event))
        .map(({ event: { id, requestId, userId, type }, reasons, weight }) => ({
          feedbackId: id,
          requestId,
          ...(userId !== undefined && { userId }),
          kind: kinds[type],
          reasons: [...reasons],
          weight,
        })),
  };
};

const clusterOf = ({ comments, q }: CommentBurst): SuspiciousCluster => {
  const actors = comments.map(actorOf);
  return {
    size: comments.length,
    feedbackIds: comments.map(({ id }) => id),
    users: new Set(actors.filter((actor) => actor !== "")).size,
    anonymous: actors.filter((actor) => actor === "").length,
    from: comments[0]!.timestamp,
    to: comments.at(-1)!.timestamp,
    example: comments[0]!.value,
    q,
  };
};

const shareOf = (flagged: number, n: number): FlaggedShare => ({
  n,
  flagged,
  rate: n === 0 ? null : flagged / n,
  ci: wilsonInterval(flagged, n),
});
