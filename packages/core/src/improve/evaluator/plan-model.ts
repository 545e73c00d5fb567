import { HeedError } from "../../errors.ts";
import { labelOf } from "../../requests/label-of.ts";
import { moments } from "../../stats/moments.ts";
import type { Embed } from "../../text/embed.ts";
import { fitVocabulary } from "../../text/fit-vocabulary.ts";
import { type LinearModel, type OutputVectors, round } from "./design-row.ts";
import { numericFeatures } from "./numeric-features.ts";
import type { LabelledOutput } from "./read-labels.ts";

/** Fewer outputs of a kind tell nothing of it. */
const fewestOutputs = 5;
/** What one group alone says stays out of an evaluator: it is the topic of a prompt, or the words of a person. */
const fewestGroups = 3;
/** Of fewer prompts, what they have in common with good outputs is chance: their length and their words are left out. */
const fewestPrompts = 40;

/** Scores that are no evaluator's: judgements of people, and evaluators on trial. */
const isEvaluator = (name: string): boolean => name !== "audit" && !name.startsWith("shadow:");

/** The columns of `combine`, all weights 0: numbers that vary, and the frequent values of labels. */
export const planCombine = (
  outputs: readonly LabelledOutput[],
  labels: readonly string[],
): LinearModel & { kind: "combine" } => {
  const known = outputs.map(({ request }) => {
    const evalScores = Object.entries(request.evalScores).filter(([name]) => isEvaluator(name));
    return numericFeatures({ ...request, evalScores: Object.fromEntries(evalScores) });
  });
  const names = [...new Set(known.flatMap((features) => [...features.keys()]))]
    .filter((name) => name !== "promptWords" || hasManyPrompts(outputs))
    .sort();
  const numbers = names.flatMap((feature) => {
    const { n, mean, sd } = moments(
      Float64Array.from(known, (features) => features.get(feature) ?? Number.NaN),
    );
    if (n < fewestOutputs || mean === null || !sd) return [];
    return [{ feature, mean: round(mean), sd: round(sd), weight: 0, missing: 0 }];
  });
  const categories = labels.flatMap((label) => {
    const counts = new Map<string, number>();
    for (const { request } of outputs) {
      const value = labelOf(request, label);
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const frequent = [...counts].filter(([, count]) => count >= fewestOutputs);
    return frequent
      .map(([value]) => ({ label, value, weight: 0 }))
      .sort((a, b) => (a.value < b.value ? -1 : 1));
  });
  return { kind: "combine", intercept: 0, numbers, categories };
};

const hasManyPrompts = (outputs: readonly LabelledOutput[]): boolean =>
  new Set(outputs.map(({ request }) => request.prompt)).size >= fewestPrompts;

/** The columns of `learn`: those of `combine`, and the terms or embeddings of the texts; null where there are no texts. */
export const planLearn = async (
  combine: LinearModel & { kind: "combine" },
  outputs: readonly LabelledOutput[],
  groupOf: Int32Array,
  embed: Embed | undefined,
): Promise<{ readonly model: LinearModel; readonly vectors: readonly OutputVectors[] } | null> => {
  const withText = (["prompt", "output"] as const).filter(
    (of) =>
      outputs.some(({ request }) => request[of] !== undefined) &&
      (of === "output" || hasManyPrompts(outputs)),
  );
  const groups = [...Map.groupBy(outputs.keys(), (at) => groupOf[at]!).values()];
  if (withText.length === 0) return null;
  const model = { ...combine, kind: "learn", texts: [], embeddings: [] } as const;
  if (!embed) {
    const texts = withText.map((of) => {
      const { terms, idf } = fitVocabulary(
        groups.map((places) => places.map((at) => outputs[at]!.request[of] ?? "").join("\n")),
        { fewestTexts: fewestGroups },
      );
      return { of, terms: [...terms], idf: idf.map(round), weights: terms.map(() => 0) };
    });
    return { model: { ...model, texts, embeddings: [] }, vectors: [] };
  }
  const vectors = await embedOutputs(
    outputs.map(({ request }) => request),
    withText,
    embed,
  );
  const embeddings = withText.map((of) => ({
    of,
    weights: new Array<number>(vectors.find((own) => own[of])![of]!.length).fill(0),
  }));
  return { model: { ...model, texts: [], embeddings }, vectors };
};

type Texts = Readonly<Partial<Record<"prompt" | "output", string | undefined>>>;

/** Texts that are handed to a host's embedder at once. */
const batchTexts = 64;

/** Asks the host for the embeddings of outputs, those without a text having none. */
export const embedOutputs = async (
  outputs: readonly Texts[],
  parts: readonly ("prompt" | "output")[],
  embed: Embed,
): Promise<readonly OutputVectors[]> => {
  const vectors = outputs.map((): Partial<Record<"prompt" | "output", ArrayLike<number>>> => ({}));
  for (const part of parts) {
    const places = [...outputs.keys()].filter((at) => outputs[at]![part] !== undefined);
    let length: number | undefined;
    for (let from = 0; from < places.length; from += batchTexts) {
      const batch = places.slice(from, from + batchTexts);
      const answer = await embed(batch.map((at) => outputs[at]![part]!));
      for (const [index, at] of batch.entries()) {
        const vector = answer[index];
        length ??= vector?.length;
        if (
          vector === undefined ||
          vector.length !== length ||
          !Array.prototype.every.call(vector, Number.isFinite)
        )
          throw new HeedError(
            "INVALID_QUERY",
            "embed does not give a vector of finite numbers a text, all of one length",
          );
        vectors[at]![part] = vector;
      }
    }
  }
  return vectors;
};
