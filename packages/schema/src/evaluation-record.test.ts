import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { evaluationRecordSchema } from "./evaluation-record.ts";
import { newId } from "./id.ts";
import { limits } from "./limits.ts";

const committed = JSON.parse(readFileSync(new URL("../heed.schema.json", import.meta.url), "utf8"));
const fromJsonSchema = z.fromJSONSchema({ ...committed, $ref: "#/$defs/evaluationRecord" });

const record = (fields: object = {}) => ({ requestId: "req-1", ...fields });
const withScores = (count: number) =>
  record({
    evalScores: Object.fromEntries(Array.from({ length: count }, (_, at) => [`score${at}`, at / 64])),
  });

const valid: Record<string, object> = {
  "a request of which nothing is known": record(),
  "a whole record": record({
    id: newId(),
    timestamp: "2026-01-02T03:04:05.678+01:00",
    prompt: "Why is the sky blue?",
    output: "Because of Rayleigh scattering.",
    evalScores: { overall: 0.9, "g-eval.coherence": -2, "judge:v2": 0 },
    evaluator: { name: "judge", version: "2" },
    model: "small",
    promptVersion: "v7",
    metadata: { userCohort: "new" },
  }),
  "an evaluator without a version": record({ evaluator: { name: "judge" } }),
  "an empty prompt and output": record({ prompt: "", output: "" }),
  "64 scores": withScores(limits.scores),
  "no scores among the scores": record({ evalScores: {} }),
  "a model of 256": record({ model: "m".repeat(limits.nameLength) }),
};

const invalid: Record<string, unknown> = {
  "no request": {},
  "an unknown field": record({ score: 1 }),
  "65 scores": withScores(limits.scores + 1),
  "a score in words": record({ evalScores: { overall: "0.9" } }),
  "a score of null": record({ evalScores: { overall: null } }),
  "a score without a name": record({ evalScores: { "": 1 } }),
  "an evaluator without a name": record({ evaluator: { version: "2" } }),
  "an unknown field in an evaluator": record({ evaluator: { name: "judge", url: "x" } }),
  "an empty model": record({ model: "" }),
  "a model of 257": record({ model: "m".repeat(limits.nameLength + 1) }),
  "a prompt version of 257": record({ promptVersion: "v".repeat(limits.nameLength + 1) }),
  "a prompt in parts": record({ prompt: ["Why?"] }),
};

describe.each([
  ["the zod schema", evaluationRecordSchema],
  ["the committed JSON Schema", fromJsonSchema],
])("%s", (_, schema) => {
  test.each(Object.entries(valid))("accepts %s", (_, input) => {
    expect(schema.safeParse(input).error).toBeUndefined();
  });

  test.each(Object.entries(invalid))("refuses %s", (_, input) => {
    expect(schema.safeParse(input).success).toBe(false);
  });
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("%d is no score", (overall) => {
  expect(evaluationRecordSchema.safeParse(record({ evalScores: { overall } })).success).toBe(false);
});

test.each(["prompt", "output"])("a %s may be as long as a record", (field) => {
  const accepts = (length: number) =>
    evaluationRecordSchema.safeParse(record({ [field]: "p".repeat(length) })).success;
  expect(accepts(limits.recordBytes)).toBe(true);
  expect(accepts(limits.recordBytes + 1)).toBe(false);
});
