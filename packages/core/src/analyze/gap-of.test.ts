import fc from "fast-check";
import { expect, test } from "vitest";
import { gapOf } from "./gap-of.ts";

test("the gap is the score on the scale of 1 to 5, less the human score", () => {
  expect(gapOf(1, 5, [0, 1])).toBe(0);
  expect(gapOf(0.5, 1, [0, 1])).toBe(2);
  expect(gapOf(20, 5, [20, 100])).toBe(-4);
  expect(gapOf(120, 5, [20, 100])).toBe(1);
});

test("without either there is none", () => {
  expect(gapOf(Number.NaN, 5, [0, 1])).toBeNaN();
  expect(gapOf(0.5, Number.NaN, [0, 1])).toBeNaN();
});

test("gaps that are equal are equal numbers, whatever the scores", () => {
  const hundredths = fc.integer({ min: 100, max: 500 });
  fc.assert(
    fc.property(hundredths, hundredths, fc.integer({ min: -100, max: 100 }), (a, b, gap) => {
      const of = (human: number): number => gapOf((human + gap - 100) / 400, human / 100, [0, 1]);
      expect(of(a)).toBe(of(b));
    }),
  );
});
