import type { DownReason, UpReason } from "@heed/schema";
import { type CellWeights, weightFinder } from "../../bias/cell-weights.ts";
import { type FlaggedFeedback, trustIn } from "../../bias/trust-in.ts";
import { foldStanding, humanScore, type StandingVote, scoreOf } from "../../collect/standing-votes.ts";
import type { LoggedRequest } from "../../requests/fold-request.ts";
import { labelOf } from "../../requests/label-of.ts";
import { readWholeRequests } from "../../requests/read-whole-requests.ts";
import { scanRequests } from "../../requests/scan-requests.ts";
import type { Store } from "../../store.ts";

/** An output that humans have a verdict on. */
export interface LabelledOutput {
  readonly request: LoggedRequest;
  /** Mean of the standing votes, 1 to 5. */
  readonly humanScore: number;
  /** 1 where that lies above the threshold, 0 where below. */
  readonly label: 0 | 1;
  /** What it counts for, 1 on the mean. */
  readonly weight: number;
  /** Those who voted, as far as they are known. */
  readonly userIds: readonly string[];
  /** Those that stand beside the votes, each once. */
  readonly reasons: readonly (UpReason | DownReason)[];
}

export interface LabelsQuery {
  readonly score: string;
  readonly humanThreshold: number;
  readonly mostLabels: number;
  readonly weights: CellWeights | undefined;
  /** Feedback that counts for less, or for nothing. */
  readonly flagged: readonly FlaggedFeedback[];
  readonly since: Date | undefined;
  readonly until: Date | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((read: number, all: number) => void) | undefined;
}

/** Voted requests that are no label, by the first thing that they lack. */
export interface DroppedLabels {
  /** Voted on, but never logged. */
  readonly notLogged: number;
  /** Without the automatic score. */
  readonly noScore: number;
  /** With a human score exactly at the threshold. */
  readonly neutral: number;
  /** Without any vote but flagged ones that count for nothing. */
  readonly flagged: number;
  /** In a cell that the weights lack, or weigh 0. */
  readonly noWeight: number;
  /** Older than the labels that were taken. */
  readonly older: number;
}

/**
 * Reads the verdicts of humans with all that is known of their outputs, in the order of the request ids: the newest,
 * where there are more than are wanted. Texts are held for these alone.
 */
export const readLabels = async (
  store: Store,
  query: LabelsQuery,
): Promise<{ readonly outputs: readonly LabelledOutput[]; readonly dropped: DroppedLabels }> => {
  const { score, humanThreshold, mostLabels, since, until, signal, onProgress } = query;
  const dropped = { notLogged: 0, noScore: 0, neutral: 0, flagged: 0, noWeight: 0, older: 0 };
  const voted: { readonly requestId: string; readonly timestampMs: number }[] = [];
  for await (const batch of scanRequests(store, { scores: [score], votedOnly: true, since, until }))
    for (const [at, requestId] of batch.requestIds.entries()) {
      const timestampMs = batch.timestampMs[at]!;
      if (Number.isNaN(timestampMs)) dropped.notLogged++;
      else if (Number.isNaN(batch.scores[0]![at])) dropped.noScore++;
      else voted.push({ requestId, timestampMs });
    }
  const newest = voted.sort((a, b) => b.timestampMs - a.timestampMs || (a.requestId < b.requestId ? -1 : 1));
  dropped.older = Math.max(0, newest.length - mostLabels);
  const wanted = newest
    .slice(0, mostLabels)
    .map(({ requestId }) => requestId)
    .sort();

  const trust = trustIn(query.flagged);
  const weightOf = query.weights && weightFinder(query.weights);
  const outputs: LabelledOutput[] = [];
  let read = 0;
  for await (const requests of readWholeRequests(store, wanted, { signal })) {
    for (const { events, ...request } of requests) {
      const { votes } = foldStanding(events);
      const counted = votes.filter((vote) => trust(vote) > 0);
      const trusts = counted.map(trust);
      const human = trusts.every((own) => own === 1) ? humanScore(counted) : trustedScore(counted, trusts);
      const weight = weightOf
        ? (weightOf(query.weights!.by.map((label) => labelOf(request, label))) ?? 0)
        : 1;
      if (human === null) dropped.flagged++;
      else if (human === humanThreshold) dropped.neutral++;
      else if (weight === 0) dropped.noWeight++;
      else
        outputs.push({
          request,
          humanScore: human,
          label: human > humanThreshold ? 1 : 0,
          // A label is worth no more than the votes behind it.
          weight: weight * Math.min(1, sumOf(trusts)),
          userIds: [...new Set(counted.flatMap(({ userId }) => userId ?? []))],
          reasons: [...new Set(counted.flatMap((vote) => ("reasons" in vote ? (vote.reasons ?? []) : [])))],
        });
    }
    read += requests.length;
    onProgress?.(read, wanted.length);
  }
  const total = outputs.reduce((sum, { weight }) => sum + weight, 0);
  return {
    outputs: outputs.map((output) => ({ ...output, weight: (output.weight * outputs.length) / total })),
    dropped,
  };
};

/** The mean of some votes by what each counts for. */
const trustedScore = (votes: readonly StandingVote[], trusts: readonly number[]): number =>
  sumOf(votes.map((vote, at) => trusts[at]! * scoreOf(vote))) / sumOf(trusts);

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
