import type { DownReason, UpReason } from "@heed/schema";
import { foldStanding, type StandingVote, scoreOf } from "../collect/standing-votes.ts";
import { readWholeRequests, type WholeRequest } from "../requests/read-whole-requests.ts";
import type { Store } from "../store.ts";

/** What was asked and answered in one request, and what evaluators and users say of it; nobody is named. */
export interface OutputDetails {
  readonly timestamp: Date;
  readonly prompt?: string;
  readonly output?: string;
  readonly model?: string;
  readonly promptVersion?: string;
  /** The latest score of each name. */
  readonly evalScores: Readonly<Record<string, number>>;
  /** The standing votes, in order of time. */
  readonly votes: readonly {
    readonly kind: "thumb" | "rating";
    /** 1 to 5. */
    readonly score: number;
    readonly reasons?: readonly (UpReason | DownReason)[];
  }[];
  /** The comments that were not taken back, in order of time. */
  readonly comments: readonly string[];
}

/** Reads the details of a few logged requests: their records at once, and their events at once. */
export const describeOutputs = async (
  store: Store,
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, OutputDetails>> => {
  const described = new Map<string, OutputDetails>();
  for await (const requests of readWholeRequests(store, requestIds))
    for (const request of requests) described.set(request.requestId, describeOutput(request));
  return described;
};

const describeOutput = (request: WholeRequest): OutputDetails => {
  const { timestamp, prompt, output, model, promptVersion, evalScores, events } = request;
  const { votes, comments } = foldStanding(events);
  return {
    timestamp,
    ...(prompt !== undefined && { prompt }),
    ...(output !== undefined && { output }),
    ...(model !== undefined && { model }),
    ...(promptVersion !== undefined && { promptVersion }),
    evalScores,
    votes: votes.map(voteOf),
    comments: comments.map(({ value }) => value),
  };
};

const voteOf = (vote: StandingVote): OutputDetails["votes"][number] => ({
  kind: vote.type === "explicit_rating" ? "rating" : "thumb",
  score: scoreOf(vote),
  ...("reasons" in vote && vote.reasons !== undefined && { reasons: vote.reasons }),
});
