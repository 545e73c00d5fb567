import fc from "fast-check";
import { expect, test } from "vitest";
import { relativeError } from "./fixtures/relative-error.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { ppiMean } from "./ppi-mean.ts";
import { randomSource } from "./random-source.ts";
import { studentQuantile } from "./student-quantile.ts";

const column = (length: number) =>
  fc.array(
    fc.integer({ min: -100, max: 100 }).map((i) => i / 8),
    { minLength: length, maxLength: length },
  );
const worlds = fc
  .tuple(fc.integer({ min: 3, max: 60 }), fc.integer({ min: 2, max: 60 }))
  .chain(([n, more]) => fc.record({ y: column(n), f: column(n), others: column(more) }))
  .filter(({ y, f, others }) => [y, f, others].every((values) => new Set(values).size > 1));

test("lambda 0 is the mean of the labels with Student's interval, and the judge makes no difference", () => {
  // scipy.stats.t.interval(0.95, 4, numpy.mean(y), scipy.stats.sem(y)) of [3, 5, 4, 1, 4]
  const { estimate, ci, effectiveLabelMultiplier } = ppiMean(
    { y: [3, 5, 4, 1, 4], f: [9, 1, 7, 0, 2] },
    { f: [4, 8, 1000] },
    { lambda: 0 },
  );
  expect(estimate).toBeCloseTo(3.4, 14);
  expect(relativeError(ci![0], 1.5169233116515584)).toBeLessThan(1e-12);
  expect(relativeError(ci![1], 5.283076688348442)).toBeLessThan(1e-12);
  expect(effectiveLabelMultiplier).toBeCloseTo(1, 14);
});

test("sums over the unlabelled say all that their scores do", () => {
  const labelled = { y: [3, 5, 4, 1, 4], f: [2.5, 4.1, 4.4, 1.2, 3] };
  // The sum of squared deviations of 1, 2, 3, 6 from 3 is 14.
  const bySums = ppiMean(labelled, { n: 4, mean: 3, m2: 14 });
  const byScores = ppiMean(labelled, { f: [1, 2, 3, 6, Number.NaN] });
  for (const field of ["estimate", "standardError", "lambda", "effectiveLabelMultiplier"] as const)
    expect(bySums[field]).toBeCloseTo(byScores[field]!, 13);
  expect(byScores.nUnlabelled).toBe(4);
});

test("no lambda gives a clearly smaller error than the optimal one", () => {
  fc.assert(
    fc.property(worlds, fc.double({ min: 0, max: 1, noNaN: true }), ({ y, f, others }, lambda) => {
      const optimal = ppiMean({ y, f }, { f: others });
      const other = ppiMean({ y, f }, { f: others }, { lambda });
      expect(optimal.lambda).toBeGreaterThanOrEqual(0);
      expect(optimal.lambda).toBeLessThanOrEqual(1);
      // Lambda takes the judge's spread from all scores, the error from each part: they part on small samples only.
      if (others.length > 40 && y.length > 40)
        expect(optimal.standardError).toBeLessThan(other.standardError! * 1.2);
    }),
  );
});

test("a shift of the judge changes nothing but the last digits, a shift of the labels the estimate alone", () => {
  fc.assert(
    fc.property(worlds, fc.integer({ min: -1e6, max: 1e6 }), ({ y, f, others }, shift) => {
      const plain = ppiMean({ y, f }, { f: others });
      const move = (values: readonly number[]) => values.map((value) => value + shift);
      const kinder = ppiMean({ y, f: move(f) }, { f: move(others) });
      const happier = ppiMean({ y: move(y), f }, { f: others });
      expect(kinder.estimate).toBeCloseTo(plain.estimate!, 7);
      expect(happier.estimate).toBeCloseTo(plain.estimate! + shift, 7);
      if (plain.standardError !== null) {
        expect(kinder.standardError).toBeCloseTo(plain.standardError, 7);
        expect(happier.standardError).toBeCloseTo(plain.standardError, 7);
      }
    }),
  );
});

test.each([8, 20, 100])("with %d labels, an interval of 95 in 100 holds the truth 93 to 97.5 times", (n) => {
  const random = randomSource(n);
  const noise = () => normalQuantile(random() + 2 ** -33);
  let held = 0;
  for (let run = 0; run < 2000; run++) {
    const y = Array.from({ length: n }, noise);
    const f = y.map((label) => 0.7 * label + 0.7 * noise() + 1);
    const others = { n: 1000, mean: 1 + (Math.sqrt(0.98) * noise()) / Math.sqrt(1000), m2: 980 };
    const [low, high] = ppiMean({ y, f }, others).ci!;
    if (low < 0 && high > 0) held++;
  }
  expect(held / 2000).toBeGreaterThan(0.93);
  expect(held / 2000).toBeLessThan(0.975);
});

test("a good judge is worth many labels, a bad one trusted too much costs some", () => {
  const random = randomSource(9);
  const y = Array.from({ length: 100 }, () => normalQuantile(random() + 2 ** -33));
  const good = y.map((label) => label + 0.1 * normalQuantile(random() + 2 ** -33));
  const bad = y.map(() => 3 * normalQuantile(random() + 2 ** -33));
  expect(ppiMean({ y, f: good }, { n: 1e6, mean: 0, m2: 1e6 }).effectiveLabelMultiplier).toBeGreaterThan(30);
  const unhelped = ppiMean({ y, f: bad }, { n: 1e6, mean: 0, m2: 9e6 });
  expect(unhelped.effectiveLabelMultiplier).toBeGreaterThan(0.99);
  expect(unhelped.effectiveLabelMultiplier).toBeLessThan(1.2);
  const harmed = ppiMean({ y, f: bad }, { n: 1e6, mean: 0, m2: 9e6 }, { lambda: 1 });
  expect(harmed.effectiveLabelMultiplier).toBeLessThan(0.5);
});

test("without other scores, or with a judge that always says the same, it is the mean of the labels", () => {
  const y = [3, 5, 4, 1, 4];
  for (const answer of [
    ppiMean({ y, f: [1, 2, 3, 4, 5] }, { f: [] }),
    ppiMean({ y, f: [2, 2, 2, 2, 2] }, { f: [2, 2, 2] }),
  ])
    expect(answer).toMatchObject({ estimate: 3.4, lambda: 0, effectiveLabelMultiplier: 1, reason: null });
});

test("two labels have an interval, but teach no lambda", () => {
  const { lambda, ci, estimate } = ppiMean({ y: [1, 3], f: [1, 2] }, { f: [1, 2, 3] });
  expect([lambda, estimate]).toEqual([0, 2]);
  expect(ci![1]).toBeCloseTo(2 + studentQuantile(0.975, 1), 10);
});

test("too little and nothing that varies are told, and options without sense refused", () => {
  const none = { standardError: null, ci: null, effectiveLabelMultiplier: null };
  const others = { f: [1, 2, 3] };
  expect(ppiMean({ y: [1, Number.NaN], f: [1, 2] }, others)).toEqual({
    ...none,
    estimate: null,
    lambda: null,
    nLabelled: 1,
    nUnlabelled: 3,
    dropped: 1,
    reason: "too_few",
  });
  expect(ppiMean({ y: [1, 2, 3], f: [1, 2, 3] }, { f: [7] }, { lambda: 1 })).toMatchObject({
    ...none,
    reason: "too_few",
  });
  expect(ppiMean({ y: [5, 5, 5], f: [1, 2, 3] }, others)).toMatchObject({
    ...none,
    estimate: 5,
    lambda: 0,
    reason: "constant",
  });
  for (const options of [{ lambda: -0.1 }, { lambda: 1.1 }, { lambda: Number.NaN }, { confidence: 1 }])
    expect(() => ppiMean({ y: [1, 2], f: [1, 2] }, others, options)).toThrow(
      expect.objectContaining({ code: "INVALID_QUERY" }),
    );
  expect(() => ppiMean({ y: [1, 2], f: [1] }, others)).toThrow(
    expect.objectContaining({ code: "INVALID_QUERY" }),
  );
});
