import { expect, test } from "vitest";
import { calibratedMean } from "./calibrated-mean.ts";
import { surveyDesign } from "./fixtures/survey-design.ts";
import { hajekMean } from "./hajek-mean.ts";
import { postStratify } from "./post-stratify.ts";
import { type Calibration, rake } from "./rake.ts";
import { randomSource } from "./random-source.ts";

const { values, weights, s, r, clusters } = surveyDesign;

const expectMean = (calibration: Calibration, mean: number, standardError: number, clustered: number) => {
  const answer = calibratedMean(values, calibration as Calibration & { reason: null });
  expect(answer.mean).toBeCloseTo(mean, 10);
  expect(answer.standardError).toBeCloseTo(standardError, 10);
  const byCluster = calibratedMean(values, calibration as Calibration & { reason: null }, { clusters });
  expect(byCluster.standardError).toBeCloseTo(clustered, 10);
};

test("after post-stratification, mean and standard error are R's", () => {
  // survey 4.1-1 on R 4.2.2: svymean(~y, postStratify(svydesign(ids, weights = ~w, data = d), ~s, ...)), ids ~1 and ~cl
  const strata = { stratum: s.code, population: s.population, weights };
  expectMean(postStratify(strata), 3.135809778456837, 0.388874202523535, 0.270588277349395);
});

test("after raking, they are R's too", () => {
  // the same of calibrate(design, ~s + r, ..., calfun = "raking", epsilon = 1e-13); rake() gives this mean,
  // but takes the margins out of the residuals without the weights before
  expectMean(rake([s, r], { weights }), 3.129333997254172, 0.399945070522762, 0.253651549065205);
});

test("from equal weights, they are those of R's rake", () => {
  const { mean, standardError } = calibratedMean(values, rake([s, r]) as Calibration & { reason: null });
  expect(mean).toBeCloseTo(3.516692721378772, 9);
  expect(standardError).toBeCloseTo(0.474150804558133, 9);
});

test("what the strata explain is no uncertainty: values that they explain in full leave none", () => {
  const calibration = postStratify({ stratum: [0, 0, 1, 1, 1], population: [60, 40] });
  if (!calibration.weights) throw new Error("unreachable");
  const explained = [4, 4, 1, 1, 1];
  expect(hajekMean(explained, calibration.weights).standardError).toBeGreaterThan(0.5);
  expect(calibratedMean(explained, calibration)).toMatchObject({ standardError: null, reason: "constant" });
  expect(calibratedMean(explained, calibration).mean).toBeCloseTo(2.8, 14);
});

test("where cohorts answer at different rates, its interval covers the truth and the plain one does not", () => {
  const random = randomSource(5);
  const trials = 2000;
  const covered = { calibrated: 0, plain: 0 };
  const chances = [0.5, 0.1, 0.2];
  const truth = (4 + 2 + 3) / 3;
  for (let trial = 0; trial < trials; trial++) {
    const stratum: number[] = [];
    const values: number[] = [];
    while (values.length < 120) {
      const cohort = Math.floor(random() * 3);
      if (random() >= chances[cohort]!) continue;
      stratum.push(cohort);
      values.push([4, 2, 3][cohort]! + 4 * (random() - 0.5));
    }
    const calibration = postStratify({ stratum, population: [1, 1, 1] });
    if (!calibration.weights) continue;
    const contains = ([low, high]: readonly [number, number]) => low <= truth && truth <= high;
    if (contains(calibratedMean(values, calibration).ci!)) covered.calibrated++;
    if (
      contains(
        hajekMean(
          values,
          values.map(() => 1),
        ).ci!,
      )
    )
      covered.plain++;
  }
  expect(covered.calibrated / trials).toBeGreaterThan(0.93);
  expect(covered.calibrated / trials).toBeLessThan(0.975);
  expect(covered.plain / trials).toBeLessThan(0.2);
});
