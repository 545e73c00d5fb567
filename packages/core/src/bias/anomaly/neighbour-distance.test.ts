import { expect, test } from "vitest";
import { randomSource } from "../../stats/random-source.ts";
import { neighbourDistance } from "./neighbour-distance.ts";

test("is 1 less the mean of the largest similarities, as sorting gives it, without the text itself", () => {
  const random = randomSource(1);
  for (let round = 0; round < 50; round++) {
    const similarities = Float64Array.from({ length: 40 }, () => Math.round(random() * 20) / 20);
    const sorted = similarities
      .filter((_, at) => at !== 7)
      .sort()
      .reverse();
    const expected = 1 - sorted.slice(0, 5).reduce((sum, value) => sum + value, 0) / 5;
    expect(neighbourDistance(similarities, 5, 7)).toBeCloseTo(expected, 12);
  }
  expect(neighbourDistance(Float64Array.of(0.5, -1), 2, undefined)).toBe(1.25);
});
