import { z } from "zod";
import { keySchema } from "./metadata.ts";
import { nameSchema } from "./text.ts";

const number = z.number();
const share = z.number().min(0).max(1);
const count = z.int().nonnegative();

/** What turns a score into a probability: a logistic curve, or one of straight pieces that never falls. */
const curveSchema = z.union([
  z.strictObject({ slope: number, intercept: number }),
  z.strictObject({ knots: z.array(z.tuple([number, share])).min(1) }),
]);

/** A logistic model over what is known of an output: each part adds its weights to the log-odds. */
const linear = {
  intercept: number,
  /** A feature counts as its distance from the mean in standard deviations; where it is missing, as `missing`. */
  numbers: z.array(
    z.strictObject({
      feature: z.string(),
      mean: number,
      sd: z.number().positive(),
      weight: number,
      missing: number,
    }),
  ),
  /** What a value of a label adds. */
  categories: z.array(z.strictObject({ label: keySchema, value: z.string(), weight: number })),
};

const textOf = z.enum(["prompt", "output"]);

/** What the terms of a text add, each by its share in the text's TF-IDF vector of length 1. */
const termsSchema = z
  .strictObject({ of: textOf, terms: z.array(z.string()), idf: z.array(number), weights: z.array(number) })
  .refine(
    ({ terms, idf, weights }) => terms.length === idf.length && terms.length === weights.length,
    "a term, an idf and a weight each",
  );

/** What the numbers of a text's embedding, brought to length 1, add. */
const embeddingSchema = z.strictObject({ of: textOf, weights: z.array(number) });

const modelSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("recalibrate"), curve: curveSchema }),
  z.strictObject({ kind: z.literal("combine"), ...linear }),
  z.strictObject({
    kind: z.literal("learn"),
    ...linear,
    texts: z.array(termsSchema),
    embeddings: z.array(embeddingSchema),
  }),
]);

const estimateSchema = z.strictObject({
  value: number.nullable(),
  /** Null where there is none. */
  ci: z.tuple([number, number]).nullable(),
});

const metricsSchema = z.strictObject({
  kappa: estimateSchema,
  balancedAccuracy: estimateSchema,
  spearman: estimateSchema,
  brier: estimateSchema,
  ece: estimateSchema,
});

/** An evaluator that was trained on what humans say, as a file: all that it takes to score an output, and its proof. */
export const evaluatorSchema = z.strictObject({
  format: z.literal("heed-evaluator/1"),
  name: nameSchema,
  /** The first 16 digits of the SHA-256 of all else. */
  version: z.string().regex(/^[0-9a-f]{16}$/),
  /** The version that it is to follow; null for the first. */
  parent: z.string().nullable(),
  /** The automatic score that it was measured against, and that `recalibrate` reads. */
  score: keySchema,
  /** It says good from this score of its own on, 0 to 1. */
  threshold: share,
  model: modelSchema,
  training: z.strictObject({
    /** SHA-256 of the labels: request ids, human scores and weights. */
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    /** Outputs that it learned from, and that were held out. */
    labels: count,
    heldOut: count,
    /** Those of the first that humans call good. */
    good: count,
    /** Humans say good above it, 1 to 5. */
    humanThreshold: number,
    /** When the first and the last of the labelled requests were made, ISO 8601. */
    from: z.iso.datetime(),
    until: z.iso.datetime(),
    groupedBy: z.array(z.string()),
    seed: z.int(),
  }),
  /** On the outputs that were held out. */
  metrics: metricsSchema,
  /** How much better than the evaluator before, on the same outputs: above 0 is better, of every measure. */
  gains: metricsSchema,
});

/** An evaluator as a file. */
export type Evaluator = z.output<typeof evaluatorSchema>;
export type EvaluatorModel = Evaluator["model"];
export type EvaluatorMetrics = Evaluator["metrics"];
