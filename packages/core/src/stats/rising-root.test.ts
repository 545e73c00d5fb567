import fc from "fast-check";
import { expect, test } from "vitest";
import { risingRoot } from "./rising-root.ts";

test("the root is found to the last digit, from any start", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      (target, start) => {
        const root = risingRoot((x) => x ** 3, target, start);
        expect(root ** 3 / target).toBeCloseTo(1, 13);
      },
    ),
  );
});

test("what is never reached lies at infinity", () => {
  expect(risingRoot((x) => x / (1 + x), 2, 1)).toBe(Number.POSITIVE_INFINITY);
});
