import type { DownReason, UpReason } from "@heed/schema";
import { foldStanding, type StandingVote, scoreOf } from "../collect/standing-votes.ts";
import { readAll } from "../read-all.ts";
import { foldRequest } from "../requests/fold-request.ts";
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
  if (requestIds.length === 0) return new Map();
  const filter = { requestId: requestIds };
  const records = await Array.fromAsync(readAll((...asked) => store.readEvaluations(...asked), filter));
  const events = await Array.fromAsync(readAll((...asked) => store.readFeedback(...asked), filter));
  const eventsOf = Map.groupBy(events, ({ requestId }) => requestId);
  return new Map(
    [...Map.groupBy(records, ({ requestId }) => requestId)].map(([requestId, parts]) => {
      const { timestamp, prompt, output, model, promptVersion, evalScores } = foldRequest(parts);
      const { votes, comments } = foldStanding(eventsOf.get(requestId) ?? []);
      return [
        requestId,
        {
          timestamp,
          ...(prompt !== undefined && { prompt }),
          ...(output !== undefined && { output }),
          ...(model !== undefined && { model }),
          ...(promptVersion !== undefined && { promptVersion }),
          evalScores,
          votes: votes.map(voteOf),
          comments: comments.map(({ value }) => value),
        },
      ];
    }),
  );
};

const voteOf = (vote: StandingVote): OutputDetails["votes"][number] => ({
  kind: vote.type === "explicit_rating" ? "rating" : "thumb",
  score: scoreOf(vote),
  ...("reasons" in vote && vote.reasons !== undefined && { reasons: vote.reasons }),
});
