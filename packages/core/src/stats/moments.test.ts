import fc from "fast-check";
import { mean, sampleStandardDeviation } from "simple-statistics";
import { expect, test } from "vitest";
import { moments } from "./moments.ts";

const values = fc.array(
  fc.integer({ min: -1000, max: 1000 }).map((i) => i / 8),
  { minLength: 2, maxLength: 60 },
);

test("simple-statistics computes the same mean and standard deviation", () => {
  fc.assert(
    fc.property(values, (values) => {
      const answer = moments(values);
      expect(answer.n).toBe(values.length);
      expect(answer.mean).toBeCloseTo(mean(values), 12);
      expect(answer.sd).toBeCloseTo(sampleStandardDeviation(values), 12);
    }),
  );
});

test("values far from zero keep their digits", () => {
  fc.assert(
    fc.property(values, fc.constantFrom(1e6, 1e9, -1e9), (values, shift) => {
      const { mean, sd } = moments(values);
      const shifted = moments(values.map((value) => value + shift));
      expect(shifted.mean! - shift).toBeCloseTo(mean!, 6);
      expect(shifted.sd).toBeCloseTo(sd!, 11);
    }),
  );
});

test("neither huge nor tiny values overflow or vanish", () => {
  fc.assert(
    fc.property(values, fc.constantFrom(2 ** 900, 2 ** -900), (values, scale) => {
      const { mean, sd } = moments(values);
      const scaled = moments(values.map((value) => value * scale));
      expect(scaled.mean! / scale).toBeCloseTo(mean!, 11);
      expect(scaled.sd! / scale).toBeCloseTo(sd!, 11);
    }),
  );
});

test("equal values have a standard deviation of exactly 0, and their own value for a mean", () => {
  const tenths = Array.from({ length: 7 }, () => 0.1);
  expect(moments(tenths)).toEqual({ n: 7, dropped: 0, mean: 0.1, sd: 0 });
});

test("what is not finite is dropped and counted, and what is too few is null", () => {
  const { NaN: nan, NEGATIVE_INFINITY: infinity } = Number;
  expect(moments([1, nan, 3, infinity])).toEqual({ n: 2, dropped: 2, mean: 2, sd: Math.SQRT2 });
  expect(moments([nan, 3])).toEqual({ n: 1, dropped: 1, mean: 3, sd: null });
  expect(moments(new Float64Array())).toEqual({ n: 0, dropped: 0, mean: null, sd: null });
});
