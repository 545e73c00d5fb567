import type { EvaluatorModel } from "@heed/schema";
import { labelOf } from "../../requests/label-of.ts";
import { type SparseVector, tfIdf } from "../../text/tf-idf.ts";
import { unitVector } from "../../text/unit-vector.ts";
import { numericFeatures } from "./numeric-features.ts";
import type { ScorableOutput } from "./scorable-output.ts";

/** A model that adds up weights, without or with texts. */
export type LinearModel = Exclude<EvaluatorModel, { kind: "recalibrate" }>;

/** The embeddings of an output's texts, as far as the model looks at them. */
export type OutputVectors = Readonly<Partial<Record<"prompt" | "output", ArrayLike<number>>>>;

/** How many columns a linear model has: its numbers, the same where missing, categories, terms and embeddings. */
export const columnsOf = (model: LinearModel): number =>
  2 * model.numbers.length +
  model.categories.length +
  (model.kind === "learn" ? [...model.texts, ...model.embeddings] : []).reduce(
    (sum, { weights }) => sum + weights.length,
    0,
  );

/**
 * Makes the row of an output that a linear model multiplies with its weights: what it is trained on and what it scores
 * by are the same.
 */
export const designRow = (
  model: LinearModel,
): ((output: ScorableOutput, vectors?: OutputVectors) => SparseVector) => {
  const { numbers, categories } = model;
  const { texts, embeddings } = model.kind === "learn" ? model : { texts: [], embeddings: [] };
  const vectorizers = texts.map(({ of, ...vocabulary }) => ({ of, vectorOf: tfIdf(vocabulary) }));

  return (output, vectors = {}) => {
    const places: number[] = [];
    const values: number[] = [];
    const add = (place: number, value: number): void => {
      if (value === 0) return;
      places.push(place);
      values.push(value);
    };
    const known = numericFeatures(output);
    let start = 0;
    for (const [at, { feature, mean, sd }] of numbers.entries()) {
      const value = known.get(feature);
      if (value !== undefined) add(start + at, (value - mean) / sd);
    }
    start += numbers.length;
    for (const [at, { feature }] of numbers.entries()) if (!known.has(feature)) add(start + at, 1);
    start += numbers.length;
    for (const [at, { label, value }] of categories.entries())
      if (labelOf(output, label) === value) add(start + at, 1);
    start += categories.length;
    for (const [block, { of, vectorOf }] of vectorizers.entries()) {
      const vector = vectorOf(output[of] ?? "");
      for (const [at, place] of vector.places.entries()) add(start + place, vector.values[at]!);
      start += texts[block]!.weights.length;
    }
    for (const { of, weights } of embeddings) {
      const vector = unitVector(vectors[of] ?? []);
      for (let at = 0; at < vector.length; at++) add(start + at, vector[at]!);
      start += weights.length;
    }
    return { places: Int32Array.from(places), values: Float64Array.from(values) };
  };
};

/** The weights of a linear model, in the order of its columns. */
export const weightsOf = (model: LinearModel): Float64Array =>
  Float64Array.from([
    ...model.numbers.map(({ weight }) => weight),
    ...model.numbers.map(({ missing }) => missing),
    ...model.categories.map(({ weight }) => weight),
    ...(model.kind === "learn" ? [...model.texts, ...model.embeddings] : []).flatMap(
      ({ weights }) => weights,
    ),
  ]);

/** The same model with other weights, in the order of its columns: rounded to six digits, as they are no surer. */
export const withWeights = <Model extends LinearModel>(
  model: Model,
  intercept: number,
  weights: Float64Array,
): Model => {
  let at = 0;
  const next = (): number => round(weights[at++]!);
  const numbers = model.numbers.map((own) => ({ ...own, weight: next() }));
  const withMissing = numbers.map((own) => ({ ...own, missing: next() }));
  const categories = model.categories.map((own) => ({ ...own, weight: next() }));
  const linear = { ...model, intercept: round(intercept), numbers: withMissing, categories };
  if (linear.kind !== "learn") return linear;
  return {
    ...linear,
    texts: linear.texts.map((own) => ({ ...own, weights: own.weights.map(next) })),
    embeddings: linear.embeddings.map((own) => ({ ...own, weights: own.weights.map(next) })),
  };
};

/** To six significant digits. */
export const round = (value: number): number => Number(value.toPrecision(6));
