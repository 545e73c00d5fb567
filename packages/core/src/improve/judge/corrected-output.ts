import type { LabelledOutput } from "../evaluator/read-labels.ts";

/** Where evaluator and humans stand to each other: the first two are disagreements. */
export type CorrectionKind = "too_kind" | "too_harsh" | "agreed_good" | "agreed_bad";

/** An output with what both sides say of it. */
export interface CorrectedOutput {
  readonly output: LabelledOutput;
  /** The present evaluator's. */
  readonly score: number;
  readonly kind: CorrectionKind;
}

/** Holds the present evaluator's verdicts against those of humans. */
export const correctOutputs = (
  outputs: readonly LabelledOutput[],
  { score, threshold }: { readonly score: string; readonly threshold: number },
): readonly CorrectedOutput[] =>
  outputs.map((output) => {
    const given = output.request.evalScores[score]!;
    const kinds =
      given >= threshold ? (["too_kind", "agreed_good"] as const) : (["agreed_bad", "too_harsh"] as const);
    return { output, score: given, kind: kinds[output.label] };
  });

export const isDisagreement = ({ kind }: CorrectedOutput): boolean =>
  kind === "too_kind" || kind === "too_harsh";
