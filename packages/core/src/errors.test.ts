import { expect, test, vi } from "vitest";
import { HeedError, isHeedError } from "./errors.ts";

test("an error has a code, and keeps its cause and its issues", () => {
  const cause = new Error("disk full");
  const issues = [{ path: "value", message: "Required" }];
  const error = new HeedError("STORE_FAILED", "sqlite store failed to append 1 events", { cause, issues });
  expect(error).toMatchObject({ name: "HeedError", code: "STORE_FAILED", cause, issues });
  expect(error).toBeInstanceOf(Error);
  expect(error.stack).toContain("errors.test");
});

test("an error without a cause has no such field, and a cause of undefined is kept", () => {
  expect(new HeedError("INTERNAL", "oops")).not.toHaveProperty("cause");
  expect(new HeedError("INTERNAL", "oops").issues).toEqual([]);
  expect(Object.hasOwn(new HeedError("INTERNAL", "oops", { cause: undefined }), "cause")).toBe(true);
});

test("it is told by its code", () => {
  const error = new HeedError("STORE_CLOSED", "memory store is closed");
  expect(isHeedError(error)).toBe(true);
  expect(isHeedError(error, "STORE_CLOSED")).toBe(true);
  expect(isHeedError(error, "STORE_FAILED")).toBe(false);
});

test("an error of another copy of the package is told, where `instanceof` is not", async () => {
  vi.resetModules();
  const copy = await import("./errors.ts");
  expect(copy.HeedError).not.toBe(HeedError);
  const error = new copy.HeedError("NOT_FOUND", "there is no such thing");
  expect(error).not.toBeInstanceOf(HeedError);
  expect(isHeedError(error, "NOT_FOUND")).toBe(true);
});

test.each([new Error("STORE_FAILED"), { code: "STORE_FAILED" }, "STORE_FAILED", null, undefined, 1, () => 1])(
  "%o is none",
  (other) => {
    expect(isHeedError(other)).toBe(false);
    expect(isHeedError(other, "STORE_FAILED")).toBe(false);
  },
);
