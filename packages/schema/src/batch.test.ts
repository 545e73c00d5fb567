import { expect, test } from "vitest";
import { batchAnswerSchema, evaluationBatchSchema, feedbackBatchSchema, itemResultSchema } from "./batch.ts";
import { newId } from "./id.ts";
import { limits } from "./limits.ts";

const event = { type: "explicit_thumbs_up", value: true, requestId: "req-1" };
const record = { requestId: "req-1" };

test.each([
  ["events", feedbackBatchSchema, event],
  ["records", evaluationBatchSchema, record],
])("a batch has 1 to 100 %s and nothing beside them", (field, schema, item) => {
  const accepts = (body: unknown) => schema.safeParse(body).success;
  const batch = (count: number) => ({ [field]: Array.from({ length: count }, () => item) });
  expect(accepts(batch(1))).toBe(true);
  expect(accepts(batch(limits.batchItems))).toBe(true);
  expect(accepts(batch(0))).toBe(false);
  expect(accepts(batch(limits.batchItems + 1))).toBe(false);
  expect(accepts({ ...batch(1), sentAt: 1 })).toBe(false);
  for (const body of [null, [], [item], item, {}, { [field]: item }, { [field]: [[item]] }])
    expect(accepts(body)).toBe(false);
});

test("a result says what became of an item, and why a rejected one was rejected", () => {
  const id = newId();
  const accepts = (result: unknown) => itemResultSchema.safeParse(result).success;
  for (const status of ["stored", "duplicate", "conflict"]) expect(accepts({ id, status })).toBe(true);
  expect(accepts({ id: null, status: "rejected", code: "INVALID_EVENT", issues: [] })).toBe(true);
  expect(accepts({ id, status: "rejected", code: "TOO_LARGE", issues: [{ path: "", message: "x" }] })).toBe(
    true,
  );
  expect(accepts({ id: null, status: "stored" })).toBe(false);
  expect(accepts({ id, status: "rejected" })).toBe(false);
  expect(accepts({ id, status: "rejected", code: "TOO_BAD", issues: [] })).toBe(false);
  expect(accepts({ id, status: "lost" })).toBe(false);
});

test("an answer may be to any number of items", () => {
  expect(batchAnswerSchema.safeParse({ results: [] }).success).toBe(true);
  expect(batchAnswerSchema.safeParse({ results: [{ id: newId(), status: "stored" }] }).success).toBe(true);
});
