import fc from "fast-check";
import { expect, test } from "vitest";
import { denseRanks } from "./dense-ranks.ts";

test("the codes point at each value in the sorted list of distinct ones", () => {
  const value = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(-1, 0, -0, 1, 2));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 60 }), (values) => {
      const { codes, distinct } = denseRanks(values);
      const plain = values.map((one) => one + 0); // -0 + 0 is 0
      expect([...distinct]).toEqual([...new Set(plain)].sort((a, b) => a - b));
      expect(Array.from(codes, (code) => distinct[code])).toEqual(plain);
      expect(denseRanks(Float64Array.from(values))).toEqual({ codes, distinct });
    }),
  );
});

test("NaN is refused", () => {
  expect(() => denseRanks([1, Number.NaN])).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
});
