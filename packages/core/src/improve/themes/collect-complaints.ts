import type { DownReason } from "@heed/schema";
import { type FlaggedFeedback, trustIn } from "../../bias/trust-in.ts";
import { foldStanding, humanScore, type StandingVote } from "../../collect/standing-votes.ts";
import { labelOf } from "../../requests/label-of.ts";
import {
  readWholeRequests,
  requestIdsWithFeedback,
  type WholeRequest,
} from "../../requests/read-whole-requests.ts";
import type { Store } from "../../store.ts";
import { words } from "../../text/words.ts";

interface ComplaintsQuery {
  readonly by: readonly string[];
  readonly humanThreshold: number;
  readonly flagged: readonly FlaggedFeedback[];
  readonly since: Date | undefined;
  readonly until: Date | undefined;
  readonly signal: AbortSignal | undefined;
}

/** The request that something was said of. */
export interface ComplainedRequest {
  readonly requestId: string;
  readonly model: string | undefined;
  readonly promptVersion: string | undefined;
  /** Its values of the labels that were asked for, in their order. */
  readonly labels: readonly (string | undefined)[];
}

/** One bad word of one user. */
export interface Complaint {
  readonly request: ComplainedRequest;
  /** The user, or the event where nobody knows. */
  readonly user: string;
}

export interface Complaints {
  /** Standing thumbs down. */
  readonly thumbsDown: readonly (Complaint & { readonly reasons: readonly DownReason[] })[];
  /** Standing comments of users who disliked the output. */
  readonly comments: readonly (Complaint & { readonly text: string })[];
  /** In how many of the outputs that were looked at each word is, and how many that were. */
  readonly outputs: { readonly n: number; readonly withWord: ReadonlyMap<string, number> };
  readonly dropped: {
    readonly noVote: number;
    readonly neutral: number;
    readonly flagged: number;
  };
}

/** Outputs that are enough to tell which words are common. */
const mostOutputs = 1_000;

/** Reads all that users complain of, request by request in the order of their ids; of outputs only their words stay. */
export const collectComplaints = async (store: Store, query: ComplaintsQuery): Promise<Complaints> => {
  const { since, until, signal } = query;
  const trust = trustIn(query.flagged);
  const thumbsDown: (Complaint & { readonly reasons: readonly DownReason[] })[] = [];
  const comments: (Complaint & { readonly text: string })[] = [];
  const withWord = new Map<string, number>();
  let n = 0;
  const dropped = { noVote: 0, neutral: 0, flagged: 0 };

  const add = (whole: WholeRequest): void => {
    const { votes, comments: said } = foldStanding(whole.events);
    const request = requestOf(whole, query.by);
    const before = thumbsDown.length + comments.length;
    for (const vote of votes)
      if (vote.type === "explicit_thumbs_down") {
        if (trust(vote) < 1) dropped.flagged++;
        else
          thumbsDown.push({ request, user: vote.userId ?? `event ${vote.id}`, reasons: vote.reasons ?? [] });
      }
    for (const comment of said) {
      const score = humanScore(votesBehind(comment.userId, votes));
      if (trust(comment) < 1) dropped.flagged++;
      else if (score === null) dropped.noVote++;
      else if (score === query.humanThreshold) dropped.neutral++;
      else if (score < query.humanThreshold)
        comments.push({ request, user: comment.userId ?? `event ${comment.id}`, text: comment.value });
    }
    if (thumbsDown.length + comments.length === before || whole.output === undefined || n >= mostOutputs)
      return;
    n++;
    for (const word of new Set(words(whole.output))) withWord.set(word, (withWord.get(word) ?? 0) + 1);
  };

  const ids = await requestIdsWithFeedback(store, ["explicit_thumbs_down", "explicit_text_comment"]);
  for await (const batch of readWholeRequests(store, ids, { since, until, signal })) batch.forEach(add);
  return { thumbsDown, comments, outputs: { n, withWord }, dropped };
};

const requestOf = (whole: WholeRequest, by: readonly string[]): ComplainedRequest => ({
  requestId: whole.requestId,
  model: whole.model,
  promptVersion: whole.promptVersion,
  labels: by.map((label) => labelOf(whole, label)),
});

/** What tells whether a comment is a complaint: its user's own votes, or else those of all others. */
const votesBehind = (userId: string | undefined, votes: readonly StandingVote[]): readonly StandingVote[] => {
  const own = userId === undefined ? [] : votes.filter((vote) => vote.userId === userId);
  return own.length > 0 ? own : votes;
};
