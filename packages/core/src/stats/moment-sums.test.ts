import fc from "fast-check";
import { expect, test } from "vitest";
import { centredSums } from "./centred-sums.ts";
import { compensatedSum } from "./compensated-sum.ts";
import {
  addPair,
  addValue,
  emptyMoments,
  emptyPairedMoments,
  mergeMoments,
  mergePairedMoments,
  momentsOfSums,
  type PairedMomentSums,
} from "./moment-sums.ts";
import { moments } from "./moments.ts";

type Pairs = readonly (readonly [number, number])[];

const eighths = fc.integer({ min: -1000, max: 1000 }).map((i) => i / 8);
const pairs = fc.array(fc.tuple(eighths, eighths), { minLength: 2, maxLength: 80 });

const summedUp = (pairs: Pairs): PairedMomentSums => {
  const sums = emptyPairedMoments();
  for (const [x, y] of pairs) addPair(sums, x, y);
  return sums;
};

const twoPass = (pairs: Pairs) => {
  const x = Float64Array.from(pairs, ([x]) => x);
  const y = Float64Array.from(pairs, ([, y]) => y);
  const meanX = compensatedSum(x) / x.length;
  const meanY = compensatedSum(y) / y.length;
  const { xx: m2X, yy: m2Y, xy: cXY } = centredSums(x, meanX, y, meanY);
  return { n: x.length, meanX, meanY, m2X, m2Y, cXY };
};

/** As far as doubles go, on sums of up to `scale`. */
const expectSame = (actual: PairedMomentSums, expected: PairedMomentSums, scale: number): void => {
  expect(actual.n).toBe(expected.n);
  for (const field of ["meanX", "meanY", "m2X", "m2Y", "cXY"] as const)
    expect(Math.abs(actual[field] - expected[field])).toBeLessThanOrEqual(1e-14 * scale);
};

const scaleOf = ({ n, m2X, m2Y }: PairedMomentSums): number => 1000 + n * (m2X + m2Y);

test("one pass gives what two passes give", () => {
  fc.assert(
    fc.property(pairs, (pairs) => expectSame(summedUp(pairs), twoPass(pairs), scaleOf(twoPass(pairs)))),
  );
});

test("parts merge to the whole, in either order", () => {
  fc.assert(
    fc.property(pairs, fc.nat(80), (pairs, cut) => {
      const parts = [summedUp(pairs.slice(0, cut)), summedUp(pairs.slice(cut))] as const;
      const whole = twoPass(pairs);
      expectSame(mergePairedMoments(parts[0], parts[1]), whole, scaleOf(whole));
      expectSame(mergePairedMoments(parts[1], parts[0]), whole, scaleOf(whole));
    }),
  );
});

test("values far from zero keep their digits", () => {
  const near: Pairs = Array.from({ length: 10_000 }, (_, i) => [(i % 7) / 8, ((i * i) % 11) / 16]);
  const far: Pairs = near.map(([x, y]) => [x + 1e6, y - 1e6]);
  const expected = twoPass(near);
  const merged = mergePairedMoments(summedUp(far.slice(0, 3333)), summedUp(far.slice(3333)));
  for (const { m2X, m2Y, cXY } of [summedUp(far), merged]) {
    expect(Math.abs(m2X / expected.m2X - 1)).toBeLessThan(1e-11);
    expect(Math.abs(m2Y / expected.m2Y - 1)).toBeLessThan(1e-11);
    expect(Math.abs(cXY - expected.cXY) / Math.sqrt(expected.m2X * expected.m2Y)).toBeLessThan(1e-11);
  }
});

test("the sums of a column have its mean and standard deviation, exactly 0 for equal values", () => {
  fc.assert(
    fc.property(fc.array(eighths, { maxLength: 60 }), fc.nat(60), (values, cut) => {
      const parts = [values.slice(0, cut), values.slice(cut)].map((part) => {
        const sums = emptyMoments();
        for (const value of part) addValue(sums, value);
        return sums;
      });
      const actual = momentsOfSums(mergeMoments(parts[0]!, parts[1]!));
      const expected = moments(values);
      expect(actual.n).toBe(expected.n);
      if (expected.mean !== null) expect(actual.mean).toBeCloseTo(expected.mean, 11);
      else expect(actual.mean).toBeNull();
      if (expected.sd !== null) expect(actual.sd).toBeCloseTo(expected.sd, 11);
      else expect(actual.sd).toBeNull();
    }),
  );
  const tenths = emptyMoments();
  for (let i = 0; i < 7; i++) addValue(tenths, 0.1);
  expect(momentsOfSums(mergeMoments(tenths, tenths))).toEqual({ n: 14, dropped: 0, mean: 0.1, sd: 0 });
});

test("sums of nothing change nothing", () => {
  const some = summedUp([
    [1, 2],
    [3, 5],
  ]);
  expect(mergePairedMoments(some, emptyPairedMoments())).toEqual(some);
  expect(mergePairedMoments(emptyPairedMoments(), some)).toEqual(some);
  expect(mergePairedMoments(emptyPairedMoments(), emptyPairedMoments())).toEqual(emptyPairedMoments());
});
