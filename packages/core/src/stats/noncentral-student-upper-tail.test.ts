import fc from "fast-check";
import { expect, test } from "vitest";
import { noncentralStudentUpperTail } from "./noncentral-student-upper-tail.ts";
import { normalUpperTail } from "./normal-upper-tail.ts";
import { studentTwoSidedP } from "./student-two-sided-p.ts";

// mpmath.quad over the distribution of ln s, at 40 digits.
test.each([
  [4.302652729749464, 2, 0.5, 0.05084161142314999],
  [4.302652729749464, 2, 8, 0.9580506900012918],
  [12.7, 1, 20, 0.883571821474731],
  [2.2281388519862, 10, 0, 0.02500000000000316],
  [2.2281388519862, 10, 3, 0.7714002185943499],
  [2.2281388519862, 10, -3, 1.2167569597639663e-6],
  [1.98, 98, 2.8, 0.7930204703140452],
  [1.96, 784.8, 2.805, 0.8008306053660222],
  [1.96, 100000, -2.8, 9.682075653081683e-7],
  [1.96, 10000000, 2.8, 0.7995457978600551],
  [3.5, 5, 40, 1.0],
  [-1.5, 7, -1, 0.6607594024885626],
  [0, 6, 0.7, 0.758036347776927],
  [30, 4, 25, 0.404496952436412],
  [2, 2, -5, 4.630954500259006e-9],
] as const)("beyond t = %d with df = %d and shift = %d lies what mpmath says", (t, df, shift, p) => {
  expect(Math.abs(noncentralStudentUpperTail(t, df, shift) - p)).toBeLessThan(1e-14);
});

const values = fc.double({ min: -8, max: 8, noNaN: true });
const degrees = fc.double({ min: 1, max: 1e6, noNaN: true });

test("without a shift it is Student's t", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 8, noNaN: true }), degrees, (t, df) => {
      expect(noncentralStudentUpperTail(t, df, 0)).toBeCloseTo(studentTwoSidedP(t, df) / 2, 12);
    }),
  );
});

test("beyond 0 lies what the normal variable does, whatever it is divided by", () => {
  fc.assert(
    fc.property(values, degrees, (shift, df) => {
      expect(noncentralStudentUpperTail(0, df, shift)).toBeCloseTo(normalUpperTail(-shift), 12);
    }),
  );
});

test("the two tails add up to 1", () => {
  fc.assert(
    fc.property(values, degrees, values, (t, df, shift) => {
      const both = noncentralStudentUpperTail(t, df, shift) + noncentralStudentUpperTail(-t, df, -shift);
      expect(both).toBeCloseTo(1, 12);
    }),
  );
});

test("outside its domain it has no value", () => {
  for (const [t, df, shift] of [
    [1, 0, 1],
    [1, Number.POSITIVE_INFINITY, 1],
    [Number.NaN, 5, 1],
    [1, 5, Number.POSITIVE_INFINITY],
  ] as const)
    expect(noncentralStudentUpperTail(t, df, shift)).toBeNaN();
});
