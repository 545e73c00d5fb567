import type { Candidate } from "./candidate.ts";
import type { DatasetSettings } from "./dataset-settings.ts";
import type { DroppedCounts } from "./dropped.ts";
import { planRow } from "./plan-row.ts";
import { planVerdicts } from "./plan-verdicts.ts";
import type { PlannedRow } from "./planned-row.ts";

/** A row for each output that users liked, and for each that they edited and committed: what they made of it. */
export const planDemonstrations = (
  candidates: readonly Candidate[],
  settings: DatasetSettings,
  dropped: DroppedCounts,
): readonly PlannedRow[] => {
  const liked = planVerdicts(candidates, settings, dropped).filter((row) => row.liked);
  const edited = candidates.flatMap((candidate) =>
    candidate.edits.flatMap((edit) => {
      if (!edit.committed) {
        dropped.editNotAccepted++;
        return [];
      }
      const answer = { requestId: candidate.requestId, editId: edit.id, key: edit.textKey };
      const chosen = { source: "edit", answer, liked: true, editDistance: edit.distance } as const;
      return [planRow(chosen, [candidate], [edit], settings.groupBy)];
    }),
  );
  return [...edited, ...liked];
};
