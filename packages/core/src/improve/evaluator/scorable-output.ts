import type { EvaluationRecordInput } from "@heed/schema";

/** What an evaluator looks at: an evaluation record, or as much of one as there is. */
export type ScorableOutput = Pick<
  EvaluationRecordInput,
  "prompt" | "output" | "evalScores" | "model" | "promptVersion" | "metadata"
>;
