import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { jsonSchema } from "./json-schema.ts";
import { limits } from "./limits.ts";

const committed = JSON.parse(readFileSync(new URL("../heed.schema.json", import.meta.url), "utf8"));

test("the committed file is the schema of these sources", () => {
  // Renew it by: node --conditions=@heed/source scripts/generate-json-schema.ts
  expect(committed).toEqual(jsonSchema());
});

test("it names every body of the wire", () => {
  expect(Object.keys(committed.$defs).sort()).toEqual([
    "batchAnswer",
    "errorBody",
    "evaluationBatch",
    "evaluationRecord",
    "feedbackBatch",
    "feedbackEvent",
  ]);
});

test("every reference leads somewhere", () => {
  const references = JSON.stringify(committed).matchAll(/"\$ref":"#\/\$defs\/(\w+)"/g);
  const targets = new Set([...references].map(([, name]) => name));
  expect(targets).toEqual(new Set(["feedbackEvent", "evaluationRecord"]));
});

test("a moment is text on the wire, and the limits are those of the code", () => {
  const { evaluationRecord, feedbackBatch } = committed.$defs;
  expect(evaluationRecord.properties.timestamp).toEqual({ type: "string", format: "date-time" });
  expect(evaluationRecord.properties.evalScores.maxProperties).toBe(limits.scores);
  expect(evaluationRecord.properties.metadata.maxProperties).toBe(limits.metadataKeys);
  expect(feedbackBatch.properties.events.maxItems).toBe(limits.batchItems);
});
