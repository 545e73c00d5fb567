import { expect, test } from "vitest";
import { labelOf } from "./label-of.ts";

const request = {
  model: "small",
  promptVersion: "v2",
  metadata: { userCohort: "new", turns: 3, isTrial: false },
};

test("a label is a field of the request's own, or a metadata key, as text", () => {
  expect(labelOf(request, "model")).toBe("small");
  expect(labelOf(request, "promptVersion")).toBe("v2");
  expect(labelOf(request, "userCohort")).toBe("new");
  expect(labelOf(request, "turns")).toBe("3");
  expect(labelOf(request, "isTrial")).toBe("false");
});

test("what a request does not have is undefined, and so is what every object has", () => {
  for (const label of ["topic", "toString", "constructor", "__proto__", "metadata", "requestId"])
    expect(labelOf(request, label)).toBeUndefined();
  expect(labelOf({}, "userCohort")).toBeUndefined();
  expect(labelOf(undefined, "model")).toBeUndefined();
});

test("a metadata key does not stand in for a field of the request's own", () => {
  expect(labelOf({ metadata: { model: "other" } }, "model")).toBeUndefined();
});
