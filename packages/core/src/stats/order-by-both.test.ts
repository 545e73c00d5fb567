import fc from "fast-check";
import { expect, test } from "vitest";
import { midranks } from "./midranks.ts";
import { orderByBoth } from "./order-by-both.ts";

test("the first column decides, then the second, then the place", () => {
  const value = fc.integer({ min: -3, max: 3 });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { maxLength: 80 }), (pairs) => {
      const [first, second] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
      const expected = pairs
        .map((_, i) => i)
        .sort((i, j) => first[i]! - first[j]! || second[i]! - second[j]! || i - j);
      expect([...orderByBoth(midranks(first), midranks(second))]).toEqual(expected);
    }),
  );
});
