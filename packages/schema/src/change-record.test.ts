import { expect, test } from "vitest";
import { changeRecordSchema } from "./change-record.ts";
import { newId } from "./id.ts";
import { limits } from "./limits.ts";

const record = (fields: object = {}) => ({ change: "prompt v2", ...fields });
const segment = (label: unknown, value: unknown) => record({ segment: { label, value } });

const valid: Record<string, object> = {
  "a change of which only the name is known": record(),
  "a whole record": record({
    id: newId(),
    timestamp: "2026-03-02T09:00:00.000Z",
    reason: "Answers were too long 🙄",
    segment: { label: "userCohort", value: "new" },
    metadata: { ticket: 12, rollout: "canary" },
  }),
  "a moment in code": record({ timestamp: new Date("2026-03-02") }),
  "an empty reason": record({ reason: "" }),
  "the longest reason": record({ reason: "r".repeat(limits.commentLength) }),
  "a segment of requests with an empty value": segment("userCohort", ""),
  "a segment by model": segment("model", "small"),
  "the longest value of a segment": segment("topic", "v".repeat(limits.metadataTextLength)),
  "a name of 256": record({ change: "c".repeat(limits.nameLength) }),
};

const invalid: Record<string, unknown> = {
  nothing: undefined,
  "no change": {},
  "an empty change": { change: "" },
  "a name of 257": record({ change: "c".repeat(limits.nameLength + 1) }),
  "a name of two lines": record({ change: "prompt\nv2" }),
  "an unknown field": record({ requestId: "req-1" }),
  "an id that is no ULID": record({ id: "change-1" }),
  "a day that does not exist": record({ timestamp: "2026-02-31T00:00:00.000Z" }),
  "a reason too long": record({ reason: "r".repeat(limits.commentLength + 1) }),
  "a reason that is no text": record({ reason: ["too long"] }),
  "a segment in one word": record({ segment: "userCohort=new" }),
  "a segment without its value": record({ segment: { label: "userCohort" } }),
  "a segment by a label that no metadata key can be": segment("user cohort", "new"),
  "a segment by a name that JavaScript uses itself": segment("constructor", "new"),
  "a segment whose value is a number": segment("rank", 1),
  "a value of a segment too long": segment("topic", "v".repeat(limits.metadataTextLength + 1)),
  "two segments": record({ segment: { label: "userCohort", value: "new", and: "old" } }),
  "metadata in depth": record({ metadata: { rollout: { percent: 10 } } }),
};

test.each(Object.entries(valid))("accepts %s", (_, input) => {
  expect(changeRecordSchema.safeParse(input).error).toBeUndefined();
});

test.each(Object.entries(invalid))("refuses %s", (_, input) => {
  expect(changeRecordSchema.safeParse(input).success).toBe(false);
});
