import fc from "fast-check";
import { expect, test } from "vitest";
import { radixSortPairs } from "./radix-sort-pairs.ts";

test("pairs come out by key, and pairs of one key in the order in which they were", () => {
  const key = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 0xffffffff }));
  fc.assert(
    fc.property(fc.array(key, { maxLength: 200 }), (keys) => {
      const pairs = keys.map((key, index) => [key, index] as const);
      const interleaved = Uint32Array.from(pairs.flat());
      radixSortPairs(interleaved, new Uint32Array(interleaved.length));
      const sorted = pairs.toSorted(([one], [other]) => one - other);
      expect([...interleaved]).toEqual(sorted.flat());
    }),
  );
});
