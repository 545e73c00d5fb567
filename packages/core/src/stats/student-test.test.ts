import fc from "fast-check";
import { tTestTwoSample } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { groups } from "./fixtures/groups.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { twoSamples } from "./fixtures/two-samples.ts";
import { moments } from "./moments.ts";
import { studentTest, studentTestOfMoments } from "./student-test.ts";
import { welchTest } from "./welch-test.ts";

describe.each(twoSamples)("on $name", ({ groups, student }) => {
  test.skipIf(groups === null)("t, degrees of freedom and p are SciPy's", () => {
    const { t, df, p } = studentTest(groups!.a, groups!.b);
    expect(relativeError(t, student.t)).toBeLessThan(1e-9);
    expect(df).toBe(student.df);
    expect(relativeError(p, student.p)).toBeLessThan(1e-9);
  });
});

test("simple-statistics computes the same t", () => {
  fc.assert(
    fc.property(groups, ([a, b]) => {
      expect(studentTest(a, b).t).toBeCloseTo(tTestTwoSample(a, b)!, 9);
    }),
  );
});

test("groups of one size and spread are the same to Student and to Welch", () => {
  fc.assert(
    fc.property(groups, ([a]) => {
      const b = a.map((value) => value + 5);
      const student = studentTest(a, b);
      const welch = welchTest(a, b);
      expect(student.t).toBeCloseTo(welch.t!, 10);
      expect(student.df).toBeCloseTo(welch.df!, 10);
      expect(student.ci![0]).toBeCloseTo(welch.ci![0], 8);
    }),
  );
});

test("too few values and no spread are told, not hidden", () => {
  expect(studentTest([1], [1, 2])).toMatchObject({ t: null, p: null, reason: "too_few" });
  expect(studentTest([1, 1], [2, 2])).toMatchObject({ difference: -1, t: null, p: null, reason: "constant" });
});

test("the moments of the groups give what the groups give", () => {
  fc.assert(
    fc.property(groups, ([a, b]) => {
      expect(studentTestOfMoments(moments(a), moments(b))).toEqual(studentTest(a, b));
    }),
  );
});
