import type { Candidate, Trace } from "./candidate.ts";
import type { PlannedRow } from "./planned-row.ts";

/** What a row is chosen by; the rest follows from the requests and the events that it came from. */
type Chosen = Pick<PlannedRow, "source" | "answer" | "rejected" | "liked" | "editDistance">;

/** A row with its provenance and its groups. */
export const planRow = (
  chosen: Chosen,
  candidates: readonly Candidate[],
  traces: readonly Trace[],
  groupBy: string,
): PlannedRow => {
  const { promptKey } = candidates[0]!;
  const subjects = ordered(traces.flatMap(({ user }) => user ?? []));
  const labelled = ordered(candidates.flatMap(({ group }) => group ?? []));
  const groups =
    groupBy === "user" && subjects.length > 0
      ? subjects.map((user) => `user ${user}`)
      : labelled.length > 0
        ? labelled.map((value) => `label ${value}`)
        : [`prompt ${promptKey}`];
  return {
    ...chosen,
    promptKey,
    promptVersion: candidates.find(({ requestId }) => requestId === chosen.answer.requestId)?.promptVersion,
    requestIds: ordered(candidates.map(({ requestId }) => requestId)),
    feedbackIds: ordered(traces.map(({ id }) => id)),
    subjects,
    groups,
  };
};

const ordered = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();
