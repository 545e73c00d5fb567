import fc from "fast-check";
import { expect, test } from "vitest";
import { groups } from "./fixtures/groups.ts";
import { moments } from "./moments.ts";
import { welchError } from "./welch-error.ts";
import { welchTest } from "./welch-test.ts";

test("it is the error that Welch's test divides by, and its degrees of freedom", () => {
  fc.assert(
    fc.property(groups, ([valuesA, valuesB]) => {
      const { a, b, difference, t, df } = welchTest(valuesA, valuesB);
      const error = welchError({ n: a.n, sd: a.sd! }, { n: b.n, sd: b.sd! });
      expect(error.df).toBeCloseTo(df!, 9);
      expect(error.standardError * t!).toBeCloseTo(difference!, 9);
    }),
  );
});

test("degrees of freedom lie between those of the smaller group and those of both together", () => {
  fc.assert(
    fc.property(groups, ([valuesA, valuesB]) => {
      const [a, b] = [moments(valuesA), moments(valuesB)];
      const { df } = welchError({ n: a.n, sd: a.sd! }, { n: b.n, sd: b.sd! });
      expect(df).toBeGreaterThan(Math.min(a.n, b.n) - 1 - 1e-9);
      expect(df).toBeLessThan(a.n + b.n - 2 + 1e-9);
    }),
  );
});
