import fc from "fast-check";
import { expect, test } from "vitest";
import { midranks } from "./midranks.ts";

/** What a rank is, by definition: one, and one for each smaller value, and a half for each equal one. */
const ranksByCounting = (values: readonly number[]) =>
  values.map((value, i) =>
    values.reduce((rank, other, j) => rank + (other < value ? 1 : other === value && i !== j ? 0.5 : 0), 1),
  );

const any = fc.double({ noNaN: true });
const tied = fc.constantFrom(-2, -1, -0, 0, 1, 1 + 2 ** -52, 2, Number.MIN_VALUE, Number.POSITIVE_INFINITY);

test("the rank of a value counts the smaller ones, and equal ones by half", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(any, tied), { maxLength: 60 }), (values) => {
      expect([...midranks(values)]).toEqual(ranksByCounting(values));
      expect(midranks(Float64Array.from(values))).toEqual(midranks(values));
    }),
  );
});

test.each([
  ["far from zero", (i: number) => 1e9 + ((i * 7919) % 500) / 8],
  ["negative and far from zero", (i: number) => -1e9 - ((i * 7919) % 500) / 8],
  ["one last bit apart", (i: number) => 1 + ((i * 7919) % 300) * 2 ** -52],
  ["equal", () => 0.1],
  ["ratings", (i: number) => 1 + ((i * 7919) % 5)],
])("values that are %s, alike in the upper half of their bits, are ranked in full", (_, valueAt) => {
  const values = Array.from({ length: 700 }, (_, i) => valueAt(i));
  expect([...midranks(values)]).toEqual(ranksByCounting(values));
});

test("-0 and 0 share a rank", () => {
  expect([...midranks([0, -0, 1, -1])]).toEqual([2.5, 2.5, 4, 1]);
});

test("a rising transformation leaves ranks as they are, and a falling one mirrors them", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -300, max: 300 }), { maxLength: 200 }), (values) => {
      const ranks = midranks(values);
      expect(midranks(values.map((value) => value ** 3 - 17))).toEqual(ranks);
      expect(midranks(values.map((value) => -value))).toEqual(ranks.map((rank) => values.length + 1 - rank));
    }),
  );
});

test("the input is left alone", () => {
  const values = Float64Array.of(3, -0, 2);
  midranks(values);
  expect(values).toEqual(Float64Array.of(3, -0, 2));
});

test("NaN has no rank", () => {
  expect(() => midranks([1, Number.NaN])).toThrow(expect.objectContaining({ code: "INVALID_QUERY" }));
});
