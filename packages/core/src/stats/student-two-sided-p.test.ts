import fc from "fast-check";
import { expect, test } from "vitest";
import { relativeError } from "./fixtures/relative-error.ts";
import { studentPoints } from "./fixtures/special-functions.ts";
import { normalUpperTail } from "./normal-upper-tail.ts";
import { studentTwoSidedP } from "./student-two-sided-p.ts";

test.each(studentPoints.filter(([, , p]) => p >= 1e-300))(
  "t = %d with %d degrees of freedom has the p that mpmath gives, to 1e-10",
  (t, df, p) => {
    expect(relativeError(studentTwoSidedP(t, df), p)).toBeLessThan(1e-10);
    expect(studentTwoSidedP(-t, df)).toBe(studentTwoSidedP(t, df));
  },
);

test("a p below 1e-300 is still next to nothing", () => {
  for (const [t, df] of studentPoints.filter(([, , p]) => p < 1e-300))
    expect(studentTwoSidedP(t, df)).toBeLessThan(1e-300);
});

test("with many degrees of freedom Student's t becomes normal, from which it differs by t^4 / 4df", () => {
  for (const t of [0, 1e-6, 0.5, 1.7, 1.8, 2, 5, 13, 36])
    expect(relativeError(studentTwoSidedP(t, 1e15), 2 * normalUpperTail(t))).toBeLessThan(
      1e-12 + t ** 4 / 1e15,
    );
});

test("p lies between 0 and 1, and falls as t grows", () => {
  const df = fc.double({ min: 0.1, max: 1e9, noNaN: true });
  const t = fc.double({ min: 0, max: 1e100, noNaN: true });
  fc.assert(
    fc.property(t, t, df, (one, other, degrees) => {
      const [near, far] = [Math.min(one, other), Math.max(one, other)].map((t) =>
        studentTwoSidedP(t, degrees),
      );
      expect(near).toBeLessThanOrEqual(1);
      expect(far).toBeGreaterThanOrEqual(0);
      expect(far).toBeLessThanOrEqual(near! * (1 + 1e-12));
    }),
  );
});

test("an infinite t leaves no probability, and outside the domain there is none", () => {
  expect(studentTwoSidedP(Number.POSITIVE_INFINITY, 5)).toBe(0);
  expect(studentTwoSidedP(1e200, 5)).toBe(0);
  for (const [t, df] of [
    [1, 0],
    [1, -1],
    [1, Number.POSITIVE_INFINITY],
    [1, Number.NaN],
    [Number.NaN, 1],
  ] as const)
    expect(studentTwoSidedP(t, df)).toBeNaN();
});
