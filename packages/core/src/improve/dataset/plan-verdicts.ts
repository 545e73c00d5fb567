import type { Candidate } from "./candidate.ts";
import type { DatasetSettings } from "./dataset-settings.ts";
import type { DroppedCounts } from "./dropped.ts";
import { planRow } from "./plan-row.ts";
import type { PlannedRow } from "./planned-row.ts";
import { votedOutputs } from "./voted-outputs.ts";

/** A row for each output that users liked or disliked by their votes. */
export const planVerdicts = (
  candidates: readonly Candidate[],
  { humanThreshold, groupBy }: DatasetSettings,
  dropped: DroppedCounts,
): readonly PlannedRow[] =>
  votedOutputs(candidates).flatMap(({ candidates: own, outputKey, votes, humanScore }) => {
    if (humanScore === humanThreshold) {
      dropped.neutral++;
      return [];
    }
    const answer = { requestId: own[0]!.requestId, key: outputKey };
    return [planRow({ source: "votes", answer, liked: humanScore > humanThreshold }, own, votes, groupBy)];
  });
