import fc from "fast-check";
import { expect, test } from "vitest";
import { surveyDesign } from "./fixtures/survey-design.ts";
import { hajekMean } from "./hajek-mean.ts";
import { moments } from "./moments.ts";
import { randomSource } from "./random-source.ts";
import { studentQuantile } from "./student-quantile.ts";

const { values, weights, clusters } = surveyDesign;
const rows = fc.array(fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 9 })), {
  minLength: 3,
  maxLength: 40,
});

test("mean and standard error are R's, with and without clusters", () => {
  // survey 4.1-1 on R 4.2.2: svymean(~y, svydesign(ids = ~1, weights = ~w, data = d)), and with ids = ~cl
  const rowwise = hajekMean(values, weights);
  expect(rowwise.mean).toBeCloseTo(3.221052631578947, 14);
  expect(rowwise.standardError).toBeCloseTo(0.294735911196494, 14);
  expect(hajekMean(values, weights, { clusters }).standardError).toBeCloseTo(0.157136459821766, 14);
});

test("equal weights give the mean, its standard error and Student's interval", () => {
  fc.assert(
    fc.property(rows, (rows) => {
      const values = rows.map(([value]) => value / 8);
      fc.pre(new Set(values).size > 1);
      const { n, mean, sd } = moments(values);
      const answer = hajekMean(
        values,
        values.map(() => 0.1),
      );
      expect(answer.mean).toBeCloseTo(mean!, 12);
      expect(answer.standardError).toBeCloseTo(sd! / Math.sqrt(n), 12);
      const margin = (studentQuantile(0.975, n - 1) * sd!) / Math.sqrt(n);
      expect(answer.ci![1]).toBeCloseTo(mean! + margin, 10);
    }),
  );
});

test("a weight of 0 or no finite value is as no row at all", () => {
  fc.assert(
    fc.property(rows, (rows) => {
      const values = rows.map(([value]) => value);
      const weights = rows.map(([, weight]) => weight);
      const padded = hajekMean([Number.NaN, 1e9, ...values], [3, 0, ...weights]);
      expect(padded).toEqual({ ...hajekMean(values, weights), dropped: 1 });
    }),
  );
});

test("neither the scale of the weights nor a shift of the values matters", () => {
  const plain = hajekMean(values, weights);
  const moved = hajekMean(
    values.map((value) => value + 1e6),
    weights.map((weight) => weight * 1e-5),
  );
  expect(moved.mean! - 1e6).toBeCloseTo(plain.mean!, 8);
  expect(moved.standardError! / plain.standardError!).toBeCloseTo(1, 12);
});

test("rows that are clusters of their own are no clusters; copies of a row in its cluster are one row", () => {
  const plain = hajekMean(values, weights);
  const alone = hajekMean(values, weights, { clusters: values.map((_, i) => i) });
  expect(alone).toEqual(plain);
  const twice = hajekMean([...values, ...values], [...weights, ...weights], {
    clusters: [...values.keys(), ...values.keys()],
  });
  expect(twice.standardError).toBeCloseTo(plain.standardError!, 13);
});

test("its interval covers the truth 95 times of 100 when chances to answer differ", () => {
  const random = randomSource(11);
  const trials = 2000;
  let covered = 0;
  for (let trial = 0; trial < trials; trial++) {
    const values: number[] = [];
    const weights: number[] = [];
    while (values.length < 80) {
      const isHappy = random() < 0.5;
      const chance = isHappy ? 0.6 : 0.2;
      if (random() >= chance) continue;
      values.push((isHappy ? 4 : 2) + random() - 0.5);
      weights.push(1 / chance);
    }
    const [low, high] = hajekMean(values, weights).ci!;
    if (low <= 3 && 3 <= high) covered++;
  }
  expect(covered / trials).toBeGreaterThan(0.93);
  expect(covered / trials).toBeLessThan(0.975);
});

test("too few rows or clusters, and no spread, are told", () => {
  expect(hajekMean([], [])).toEqual({
    n: 0,
    dropped: 0,
    effectiveSize: null,
    mean: null,
    standardError: null,
    ci: null,
    reason: "too_few",
  });
  expect(hajekMean([5], [2])).toMatchObject({ n: 1, mean: 5, ci: null, reason: "too_few" });
  expect(hajekMean([0.1, 0.1, 0.1], [1, 2, 4])).toMatchObject({ standardError: null, reason: "constant" });
  expect(hajekMean([1, 2], [1, 1], { clusters: [3, 3] })).toMatchObject({ mean: 1.5, reason: "too_few" });
  const refused = expect.objectContaining({ code: "INVALID_QUERY" });
  expect(() => hajekMean([1, 2], [1])).toThrow(refused);
  expect(() => hajekMean([1, 2], [1, -1])).toThrow(refused);
  expect(() => hajekMean([1, 2], [1, 1], { clusters: [0, -1] })).toThrow(refused);
  expect(() => hajekMean([1, 2], [1, 1], { confidence: 1 })).toThrow(refused);
});
