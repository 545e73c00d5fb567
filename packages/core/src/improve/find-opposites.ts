import { verdictCode, verdictCodes } from "../analyze/verdict-code.ts";
import { countRequests } from "../requests/count-requests.ts";
import { scanRequests } from "../requests/scan-requests.ts";
import type { Store } from "../store.ts";

/** `evaluator_too_kind`: it says good, humans bad; `evaluator_too_harsh`: the other way round. */
export type MiscalibrationDirection = "evaluator_too_kind" | "evaluator_too_harsh";

/** A request on which evaluator and humans say the opposite. */
export interface Opposite {
  readonly requestId: string;
  readonly direction: MiscalibrationDirection;
  /** How sure both sides are, 0 to 1: see `identifyMiscalibratedOutputs`. */
  readonly sureness: number;
  /** The automatic score. */
  readonly score: number;
  /** Mean of the standing votes, 1 to 5. */
  readonly humanScore: number;
}

interface Thresholds {
  readonly evaluatorThreshold: number;
  readonly scoreRange: readonly [low: number, high: number];
  readonly humanThreshold: number;
}

interface OppositesQuery extends Thresholds {
  readonly score: string;
  readonly direction: MiscalibrationDirection | undefined;
  readonly limit: number;
  readonly since: Date | undefined;
  readonly until: Date | undefined;
}

/** Finds the surest opposites of a period and counts all of them, in one scan, and in memory for the limit alone. */
export const findOpposites = async (store: Store, query: OppositesQuery) => {
  const { score, evaluatorThreshold, humanThreshold, direction, limit, since, until } = query;
  const dropped = { noScore: 0, neutral: 0, notLogged: 0 };
  let [voted, n, tooKind, tooHarsh] = [0, 0, 0, 0];
  let surest: readonly Opposite[] = [];
  const wanted = { scores: [score], votedOnly: true, since, until };
  for await (const { requestIds, timestampMs, scores, humanScore, votes } of scanRequests(store, wanted)) {
    const found: Opposite[] = [];
    for (let at = 0; at < requestIds.length; at++) {
      const [automatic, human] = [scores[0]![at]!, humanScore[at]!];
      const isLogged = !Number.isNaN(timestampMs[at]);
      if (isLogged) voted++;
      const verdict = verdictCode(human, humanThreshold, humanThreshold);
      if (!isLogged) dropped.notLogged++;
      else if (Number.isNaN(automatic)) dropped.noScore++;
      else if (verdict === verdictCodes.neutral) dropped.neutral++;
      else {
        n++;
        const isKind = automatic >= evaluatorThreshold;
        if (isKind === (verdict === verdictCodes.good)) continue;
        if (isKind) tooKind++;
        else tooHarsh++;
        const own = isKind ? "evaluator_too_kind" : "evaluator_too_harsh";
        if (direction !== undefined && direction !== own) continue;
        const sureness = surenessOf(automatic, human, votes[at]!, query);
        found.push({
          requestId: requestIds[at]!,
          direction: own,
          sureness,
          score: automatic,
          humanScore: human,
        });
      }
    }
    surest = [...surest, ...found].sort(bySureness).slice(0, limit);
  }
  const noVotes = (await countRequests(store, { since, until })) - voted;
  return { n, tooKind, tooHarsh, surest, dropped: { noVotes, ...dropped } };
};

const surenessOf = (
  automatic: number,
  human: number,
  votes: number,
  { evaluatorThreshold, scoreRange: [low, high], humanThreshold }: Thresholds,
): number => {
  const evaluatorEnd = automatic >= evaluatorThreshold ? high : low;
  const humanEnd = human > humanThreshold ? 5 : 1;
  const ofHumans = (shareOfWay(humanThreshold, human, humanEnd) * votes) / (votes + 1);
  return ofHumans * shareOfWay(evaluatorThreshold, automatic, evaluatorEnd);
};

/** How much of the way from a threshold to the end of its scale a value has gone, 0 to 1. */
const shareOfWay = (threshold: number, value: number, end: number): number =>
  threshold === end ? 1 : Math.min(1, Math.abs(value - threshold) / Math.abs(end - threshold));

const bySureness = (a: Opposite, b: Opposite): number =>
  b.sureness - a.sureness || (a.requestId < b.requestId ? -1 : 1);
