import { expect, test } from "vitest";
import { powerLevels } from "./power-options.ts";

test("the usual test has 95 % confidence and 80 % power", () => {
  expect(powerLevels({})).toEqual({ level: 0.975, power: 0.8 });
});

test("a power that no effect at all would have is refused, and so is certainty", () => {
  for (const options of [
    { power: 0.04 },
    { power: 0.1, confidence: 0.8 },
    { power: 1 },
    { power: Number.NaN },
  ])
    expect(() => powerLevels(options)).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
  expect(() => powerLevels({ confidence: 0 })).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
});
