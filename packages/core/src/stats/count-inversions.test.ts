import fc from "fast-check";
import { expect, test } from "vitest";
import { countInversions } from "./count-inversions.ts";

test("every pair with the larger value first is counted once, and the values end up sorted", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 70 }), (numbers) => {
      const values = Uint32Array.from(numbers);
      const inversions = numbers.flatMap((first, i) => numbers.slice(i + 1).filter((later) => first > later));
      expect(countInversions(values)).toBe(inversions.length);
      expect([...values]).toEqual(numbers.toSorted((a, b) => a - b));
    }),
  );
});

test("of values that fall all the way, every pair is", () => {
  const n = 100_003;
  expect(countInversions(Uint32Array.from({ length: n }, (_, i) => n - i))).toBe((n * (n - 1)) / 2);
});
