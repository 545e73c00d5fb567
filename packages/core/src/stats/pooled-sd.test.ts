import fc from "fast-check";
import { expect, test } from "vitest";
import { groups } from "./fixtures/groups.ts";
import { moments } from "./moments.ts";
import { pooledSd } from "./pooled-sd.ts";
import { studentTest } from "./student-test.ts";

test("it is the spread that Student's test divides by", () => {
  fc.assert(
    fc.property(groups, ([valuesA, valuesB]) => {
      const [a, b] = [moments(valuesA), moments(valuesB)];
      const sd = pooledSd({ n: a.n, sd: a.sd! }, { n: b.n, sd: b.sd! });
      const { difference, t } = studentTest(valuesA, valuesB);
      expect(sd * Math.sqrt(1 / a.n + 1 / b.n) * t!).toBeCloseTo(difference!, 9);
    }),
  );
});

test("it lies between the two", () => {
  expect(pooledSd({ n: 5, sd: 2 }, { n: 5, sd: 2 })).toBeCloseTo(2, 14);
  expect(pooledSd({ n: 1001, sd: 2 }, { n: 2, sd: 0 })).toBeCloseTo(2 * Math.sqrt(1000 / 1001), 14);
});
