import { expect, test } from "vitest";
import { requireChoice, requireSeed, requireTexts } from "./check-options.ts";

test("only what there is to choose passes, and what was asked for does not enter the message", () => {
  expect(() => requireChoice("level", "nominal", ["nominal", "ordinal"])).not.toThrow();
  for (const wrong of ["Nominal", "", "toString"])
    expect(() => requireChoice("level", wrong, ["nominal", "ordinal"])).toThrow(
      expect.objectContaining({ code: "INVALID_QUERY", message: "level is none of nominal, ordinal" }),
    );
});

test("any whole number is a seed, and nothing else", () => {
  for (const seed of [0, -1, Number.MAX_SAFE_INTEGER]) expect(() => requireSeed(seed)).not.toThrow();
  for (const wrong of [1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e300])
    expect(() => requireSeed(wrong)).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
});

test("a list of texts is no text, and has nothing else in it", () => {
  for (const list of [[], ["topic"], ["topic", ""]]) expect(() => requireTexts("by", list)).not.toThrow();
  for (const wrong of ["topic", "", undefined, null, 3, [1], ["topic", null], new Set(["topic"])])
    expect(() => requireTexts("by", wrong)).toThrow(
      expect.objectContaining({ code: "INVALID_QUERY", message: "by is not a list of texts" }),
    );
});
