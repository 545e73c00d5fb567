import { labelOf } from "../../requests/label-of.ts";
import { binaryAgreement } from "../../stats/binary-agreement.ts";
import type { GuardedSegment } from "./judge-candidate.ts";
import type { Predictions } from "./measure-predictions.ts";
import type { LabelledOutput } from "./read-labels.ts";

/** Held-out outputs on which two evaluators have different verdicts. */
export interface Moves {
  /** Now as the humans say, and not before. */
  readonly towardsHumans: number;
  /** As the humans said before, and not now. */
  readonly awayFromHumans: number;
  /** Where it moved most: kinds of output with the most verdicts changed. */
  readonly segments: readonly {
    readonly label: string;
    readonly value: string;
    readonly n: number;
    readonly towardsHumans: number;
    readonly awayFromHumans: number;
  }[];
  /** The outputs whose probability moved furthest, of either kind. */
  readonly examples: readonly {
    readonly requestId: string;
    readonly humanScore: number;
    readonly presentProbability: number;
    readonly candidateProbability: number;
    readonly becameRight: boolean;
  }[];
}

const mostSegments = 5;
const mostExamples = 5;

/** Says which verdicts a candidate changes, and where. */
export const describeMoves = (
  outputs: readonly LabelledOutput[],
  present: Predictions,
  candidate: Predictions,
  labels: readonly string[],
): Moves => {
  const changed = [...outputs.keys()].filter((at) => isGood(present, at) !== isGood(candidate, at));
  const isNowRight = (at: number): boolean => isGood(candidate, at) === (outputs[at]!.label === 1);
  const segments = segmentsOf(outputs, labels).map(({ places, ...segment }) => {
    const own = places.filter((at) => isGood(present, at) !== isGood(candidate, at));
    const towardsHumans = own.filter(isNowRight).length;
    return { ...segment, n: places.length, towardsHumans, awayFromHumans: own.length - towardsHumans };
  });
  const moved = (at: number): number => Math.abs(candidate.probability[at]! - present.probability[at]!);
  const towardsHumans = changed.filter(isNowRight).length;
  return {
    towardsHumans,
    awayFromHumans: changed.length - towardsHumans,
    segments: segments
      .filter((own) => own.towardsHumans + own.awayFromHumans > 0)
      .sort((a, b) => b.towardsHumans + b.awayFromHumans - a.towardsHumans - a.awayFromHumans)
      .slice(0, mostSegments),
    examples: changed
      .sort((a, b) => moved(b) - moved(a))
      .slice(0, mostExamples)
      .map((at) => ({
        requestId: outputs[at]!.request.requestId,
        humanScore: outputs[at]!.humanScore,
        presentProbability: present.probability[at]!,
        candidateProbability: candidate.probability[at]!,
        becameRight: isNowRight(at),
      })),
  };
};

/** The kinds of output that are large enough to guard, and how often each evaluator is right on them. */
export const guardSegments = (
  outputs: readonly LabelledOutput[],
  present: Predictions,
  candidate: Predictions,
  { guard, guardSmallest }: { readonly guard: readonly string[]; readonly guardSmallest: number },
): readonly GuardedSegment[] =>
  segmentsOf(outputs, guard)
    .filter(({ places }) => places.length >= guardSmallest)
    .map(({ places, ...segment }) => {
      const [ours, theirs] = [present, candidate].map((own) => accuracyAt(outputs, places, own));
      return {
        ...segment,
        n: places.length,
        presentAccuracyPct: ours!.accuracyPct,
        candidateAccuracyPct: theirs!.accuracyPct,
        presentBalancedAccuracyPct: ours!.balancedAccuracyPct,
        candidateBalancedAccuracyPct: theirs!.balancedAccuracyPct,
      };
    });

const accuracyAt = (
  outputs: readonly LabelledOutput[],
  places: readonly number[],
  predictions: Predictions,
) => {
  const counts = { bothOne: 0, falseOne: 0, falseZero: 0, bothZero: 0 };
  for (const at of places) {
    const isLiked = outputs[at]!.label === 1;
    if (isGood(predictions, at)) counts[isLiked ? "bothOne" : "falseOne"]++;
    else counts[isLiked ? "falseZero" : "bothZero"]++;
  }
  const { balancedAccuracy } = binaryAgreement(counts);
  return {
    accuracyPct: (100 * (counts.bothOne + counts.bothZero)) / places.length,
    balancedAccuracyPct: balancedAccuracy === null ? null : 100 * balancedAccuracy,
  };
};

const segmentsOf = (outputs: readonly LabelledOutput[], labels: readonly string[]) =>
  labels.flatMap((label) => {
    const groups = Map.groupBy(outputs.keys(), (at) => labelOf(outputs[at]!.request, label));
    return [...groups].flatMap(([value, places]) => (value === undefined ? [] : [{ label, value, places }]));
  });

const isGood = ({ score, threshold }: Predictions, at: number): boolean => score[at]! >= threshold;
