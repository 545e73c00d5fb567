import { type Evaluator, evaluatorSchema, validate } from "@heed/schema";
import { HeedError } from "../errors.ts";
import type { Embed } from "../text/embed.ts";
import { embedOutputs } from "./evaluator/plan-model.ts";
import type { ScorableOutput } from "./evaluator/scorable-output.ts";
import { outputScorer } from "./evaluator/score-output.ts";
import { versionOf } from "./evaluator/seal-evaluator.ts";

/** What an evaluator says of an output. */
export interface OutputVerdict {
  /** The probability that humans call it good, 0 to 1; null where the output lacks the score that is recalibrated. */
  readonly score: number | null;
  /** Null without a score. */
  readonly verdict: "good" | "bad" | null;
}

/**
 * Makes an evaluator's file a function: of an evaluation record, or as much of one as there is, to a score and a verdict.
 * The file is checked, and refused if it is none or was changed after its training.
 *
 * An evaluator that was trained on a host's embeddings asks for them anew: then give the same `embed`, and the function
 * takes many outputs at once and answers later.
 *
 * @param json the artefact, as text or parsed
 *
 * @throws HeedError `INVALID_QUERY` if this is no `heed-evaluator/1`, or one that needs `embed`
 *
 * @example
 * const evaluate = loadEvaluator(await readFile("evaluators/overall/current.json", "utf8"));
 * evaluate({ prompt: "Can I return it?", output: "Yes, within 30 days.", evalScores: { overall: 0.9 } });
 * // { score: 0.81, verdict: "good" }
 */
export function loadEvaluator(json: string | Evaluator): (output: ScorableOutput) => OutputVerdict;
export function loadEvaluator(
  json: string | Evaluator,
  options: { readonly embed: Embed },
): (outputs: readonly ScorableOutput[]) => Promise<readonly OutputVerdict[]>;
export function loadEvaluator(
  json: string | Evaluator,
  { embed }: { readonly embed?: Embed } = {},
):
  | ((output: ScorableOutput) => OutputVerdict)
  | ((outputs: readonly ScorableOutput[]) => Promise<readonly OutputVerdict[]>) {
  const evaluator = readEvaluator(json);
  const scoreOf = outputScorer(evaluator);
  const verdictOf = (score: number | null): OutputVerdict => ({
    score,
    verdict: score === null ? null : score >= evaluator.threshold ? "good" : "bad",
  });
  const parts = evaluator.model.kind === "learn" ? evaluator.model.embeddings.map(({ of }) => of) : [];
  if (embed)
    return async (outputs: readonly ScorableOutput[]) => {
      const vectors = await embedOutputs(outputs, parts, embed);
      return outputs.map((output, at) => verdictOf(scoreOf(output, vectors[at])));
    };
  if (parts.length > 0) throw new HeedError("INVALID_QUERY", "this evaluator needs embed");
  return (output: ScorableOutput) => verdictOf(scoreOf(output));
}

/** Checks an evaluator's file. */
export const readEvaluator = (json: string | Evaluator): Evaluator => {
  const checked = validate(evaluatorSchema, typeof json === "string" ? parsed(json) : json);
  if (!checked.valid) {
    const [{ path, message } = { path: "", message: "" }] = checked.issues;
    throw new HeedError("INVALID_QUERY", `no heed-evaluator/1: ${path === "" ? "" : `${path} `}${message}`);
  }
  if (versionOf(checked.value) !== checked.value.version)
    throw new HeedError(
      "INVALID_QUERY",
      "the evaluator was changed after its training: its version does not fit",
    );
  return checked.value;
};

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    throw new HeedError("INVALID_QUERY", "no heed-evaluator/1: it is no JSON");
  }
};
