import { expect, test } from "vitest";
import { requireFlagged, trustIn } from "./trust-in.ts";

test("is 0 or the given weight for what a user said of a request, and for all that a user said", () => {
  const trust = trustIn([
    { requestId: "r1", userId: "ada", feedbackId: "1", weight: 0.2 },
    { requestId: "r1", userId: "ada", feedbackId: "2", weight: 0.5 },
    { userId: "ben" },
  ]);
  expect(trust({ requestId: "r1", userId: "ada", id: "3" })).toBe(0.2);
  expect(trust({ requestId: "r2", userId: "ada" })).toBe(1);
  expect(trust({ requestId: "r2", userId: "ben", id: "4" })).toBe(0);
  expect(trust({ requestId: "r1" })).toBe(1);
});

test("tells one event of nobody from others, but not where ids are not known", () => {
  const trust = trustIn([{ requestId: "r1", feedbackId: "1" }, { requestId: "r2" }]);
  expect(trust({ requestId: "r1", id: "1" })).toBe(0);
  expect(trust({ requestId: "r1", id: "2" })).toBe(1);
  expect(trust({ requestId: "r1" })).toBe(0);
  expect(trust({ requestId: "r2", id: "3" })).toBe(0);
  expect(trust({ requestId: "r3", id: "4" })).toBe(1);
});

test("a list is refused that names nobody somewhere, or weighs something that cannot be", () => {
  const refused = expect.objectContaining({ code: "INVALID_QUERY" });
  for (const own of [
    {},
    null,
    "ada",
    { userId: 5 },
    { userId: "ada", weight: -1 },
    { userId: "ada", weight: 2 },
  ])
    expect(() => requireFlagged([own] as never), JSON.stringify(own)).toThrow(refused);
  expect(() => requireFlagged([{ userId: "ada", weight: Number.NaN }])).toThrow(refused);
  expect(() => requireFlagged([{ userId: "ada" }, { requestId: "r1", weight: 1 }])).not.toThrow();
});
