import { describe, expect, it } from "vitest";
import { bestThreshold } from "../packages/core/src/stats/best-threshold.ts";
import { brierScore } from "../packages/core/src/stats/brier-score.ts";
import { cohenKappa } from "../packages/core/src/stats/cohen-kappa.ts";
import { expectedCalibrationError } from "../packages/core/src/stats/expected-calibration-error.ts";
import { fitLogistic } from "../packages/core/src/stats/fit-logistic.ts";
import { isotonicRegression } from "../packages/core/src/stats/isotonic-regression.ts";
import { kendall } from "../packages/core/src/stats/kendall.ts";
import { krippendorffAlpha } from "../packages/core/src/stats/krippendorff-alpha.ts";
import { krippendorffAlphaInterval } from "../packages/core/src/stats/krippendorff-alpha-interval.ts";
import { logLoss } from "../packages/core/src/stats/log-loss.ts";
import { plattScaling } from "../packages/core/src/stats/platt-scaling.ts";
import { predictIsotonic } from "../packages/core/src/stats/predict-isotonic.ts";
import { predictLogistic } from "../packages/core/src/stats/predict-logistic.ts";
import { rocAuc } from "../packages/core/src/stats/roc-auc.ts";
import { parseJsonLines, readSharedData } from "./support/read-shared-data.ts";

const data = {
  topicalChat: readSharedData("unieval_topical_chat.jsonl"),
  sfres: readSharedData("unieval_sfres.jsonl"),
  correlations: readSharedData("unieval_expected.json"),
  newsroom: readSharedData("judgebench_newsroom.jsonl"),
  recipes: readSharedData("judgebench_recipes.jsonl"),
  squality: readSharedData("squality_reviews.jsonl"),
  alphas: readSharedData("judgebench_alpha_expected.json"),
  pairs: readSharedData("llmfao_pairs.jsonl"),
  methods: readSharedData("oracle_methods.json"),
};
const isThere = !Object.values(data).includes(null);

interface Scored {
  readonly human: Record<string, number>;
  readonly judge: Record<string, number>;
}

const expectWithin = (actual: number | null, expected: number, tolerance: number) =>
  expect(Math.abs(actual! - expected)).toBeLessThan(tolerance);

describe.runIf(isThere)("Kendall's tau-b of human ratings and UniEval's scores", () => {
  interface Expected {
    readonly n: number;
    readonly published: { readonly kendall: number };
    readonly scipy: { readonly kendall_tau_b: readonly [tau: number, p: number] };
  }

  it.each([
    ["topical_chat", "topicalChat", 6],
    ["sfres", "sfres", 3],
  ] as const)(
    "is the published one on every dimension of %s, and SciPy's with its p",
    (set, file, dimensions) => {
      const expected: [string, Expected][] = Object.entries(JSON.parse(data.correlations!).sets[set]);
      expect(expected).toHaveLength(dimensions);
      for (const [dimension, { n, published, scipy }] of expected) {
        const rated = parseJsonLines<Scored>(data[file]!).filter(
          ({ human, judge }) => dimension in human && dimension in judge,
        );
        const answer = kendall(
          rated.map(({ judge }) => judge[dimension]!),
          rated.map(({ human }) => human[dimension]!),
        );
        expect(answer).toMatchObject({ n, dropped: 0, reason: null });
        expect(answer.r).toBeCloseTo(published.kendall, 6);
        expectWithin(answer.r, scipy.kendall_tau_b[0], 1e-14);
        expectWithin(answer.p! / scipy.kendall_tau_b[1], 1, 1e-11);
      }
    },
  );
});

describe.runIf(isThere)("Krippendorff's alpha", () => {
  interface Expected {
    readonly level: "ordinal";
    readonly published: number;
    readonly units: number;
  }

  it.each([
    ["newsroom", 4],
    ["recipes", 6],
  ] as const)("is the published one on every property of JUDGE-BENCH's %s", (set, properties) => {
    const items = parseJsonLines<{ scores: Record<string, number[]> }>(data[set]!);
    const expected: [string, Expected][] = Object.entries(JSON.parse(data.alphas!)[set]);
    expect(expected).toHaveLength(properties);
    for (const [property, { level, published, units }] of expected) {
      const ratings = {
        unit: items.flatMap(({ scores }, item) => scores[property]!.map(() => item)),
        value: items.flatMap(({ scores }) => scores[property]!),
      };
      const { alpha, ...answer } = krippendorffAlpha(ratings, { level });
      expectWithin(alpha, published, 1e-12);
      expect(answer).toMatchObject({ units, ratings: ratings.value.length, reason: null });
      const { ci } = krippendorffAlphaInterval(ratings, { level, resamples: 200 });
      expect(ci![0]).toBeLessThan(published);
      expect(ci![1]).toBeGreaterThan(published);
    }
  });

  it("of SQuALITY's reviewers, on a scale of 0 to 100, is .798", () => {
    interface Review {
      readonly passage: string;
      readonly q: number;
      readonly model: string;
      readonly overall: number;
    }
    const reviews = parseJsonLines<Review>(data.squality!);
    const outputs = reviews.map(({ passage, q, model }) => [passage, q, model].join());
    const ratings = {
      unit: outputs.map((output) => outputs.indexOf(output)),
      value: reviews.map((r) => r.overall),
    };
    const { alpha, ...answer } = krippendorffAlpha(ratings, { level: "interval" });
    expect(alpha).toBeCloseTo(0.798, 3);
    expect(answer).toMatchObject({ units: 300, ratings: 900, dropped: { notFinite: 0, alone: 0 } });
  });
});

describe.runIf(isThere)("Cohen's kappa of LLMFAO's judges and the majority of its crowd", () => {
  type Verdict = "left" | "tie" | "right";
  interface Pair {
    readonly votes: readonly (readonly [worker: number, verdict: Verdict])[];
    readonly gpt4: Verdict;
    readonly gpt3: Verdict;
  }
  const codes = { left: 0, tie: 1, right: 2 };

  /** Two verdicts with equally many votes make a tie. */
  const majority = (votes: Pair["votes"]): number => {
    const counts = Object.groupBy(votes, ([, verdict]) => verdict);
    const [first, second] = Object.entries(counts).sort(([, a], [, b]) => b.length - a.length);
    return second?.[1].length === first![1].length ? codes.tie : codes[first![0] as Verdict];
  };

  it.each(["gpt4", "gpt3"] as const)("is scikit-learn's for %s", (judge) => {
    const pairs = parseJsonLines<Pair>(data.pairs!);
    const expected: Record<string, number> = JSON.parse(data.methods!).kappa_llmfao[judge];
    const crowd = pairs.map(({ votes }) => majority(votes));
    const verdicts = pairs.map((pair) => codes[pair[judge]]);
    const plain = cohenKappa(crowd, verdicts);
    expect(plain).toMatchObject({ n: pairs.length, dropped: 0, reason: null });
    expectWithin(plain.observed, expected.raw_agreement!, 1e-12);
    expectWithin(plain.kappa, expected.kappa!, 1e-12);
    expectWithin(cohenKappa(crowd, verdicts, { weights: "linear" }).kappa, expected.kappa_linear!, 1e-12);
    if (expected.kappa_quadratic === undefined) return;
    expectWithin(
      cohenKappa(crowd, verdicts, { weights: "quadratic" }).kappa,
      expected.kappa_quadratic,
      1e-12,
    );
  });
});

describe.runIf(isThere)("UniEval's overall score, calibrated to a human rating of 4 or more", () => {
  // Not before: where the data are absent, this body is still read.
  const read = () => {
    const rows = parseJsonLines<Scored>(data.topicalChat!);
    return {
      scores: rows.map(({ judge }) => judge.overall!),
      labels: rows.map(({ human }) => (human.overall! >= 4 ? 1 : 0)),
      expected: JSON.parse(data.methods!).calibration,
    };
  };

  it("by logistic regression, comes to statsmodels' curve and losses", () => {
    const { scores, labels, expected } = read();
    const { slope, intercept } = fitLogistic(scores, labels);
    expectWithin(slope, expected.logistic_mle[0], 1e-9);
    expectWithin(intercept, expected.logistic_mle[1], 1e-9);
    const curve = { slope: slope!, intercept: intercept! };
    const p = scores.map((score) => predictLogistic(curve, score));
    expectWithin(brierScore(p, labels), expected.brier_logistic, 1e-9);
    expectWithin(logLoss(p, labels), expected.logloss_logistic, 1e-9);
    expectWithin(expectedCalibrationError(p, labels).error, expected.ece10_equalwidth_logistic, 1e-9);
  });

  it("by Platt's method, comes to his curve", () => {
    const { scores, labels, expected } = read();
    const { slope, intercept } = plattScaling(scores, labels);
    expectWithin(slope, expected.platt1999_smoothed[0], 1e-9);
    expectWithin(intercept, expected.platt1999_smoothed[1], 1e-9);
  });

  it("by isotonic regression, comes to scikit-learn's knots", () => {
    const { scores, labels, expected } = read();
    const knots = isotonicRegression(scores, labels).knots!;
    expect(knots).toHaveLength(expected.isotonic_knots.length);
    for (const [i, [x, y]] of knots.entries()) {
      expectWithin(x, expected.isotonic_knots[i][0], 1e-9);
      expectWithin(y, expected.isotonic_knots[i][1], 1e-9);
    }
    const p = scores.map((score) => predictIsotonic(knots, score));
    expectWithin(brierScore(p, labels), expected.brier_isotonic_insample, 1e-9);
  });

  it("tells good from bad as scikit-learn says, and best at its thresholds", () => {
    const { scores, labels, expected } = read();
    expectWithin(rocAuc(scores, labels), expected.auc, 1e-9);
    const { youden, f1 } = expected;
    expect(bestThreshold(scores, labels)).toMatchObject({ threshold: youden.threshold, reason: null });
    expectWithin(bestThreshold(scores, labels).value, youden.J, 1e-9);
    expect(bestThreshold(scores, labels, { criterion: "f1" }).threshold).toBe(f1.threshold);
    expectWithin(bestThreshold(scores, labels, { criterion: "f1" }).value, f1.F1, 1e-9);
  });
});
