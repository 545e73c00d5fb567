import type { Evaluator, EvaluatorModel } from "@heed/schema";
import { describe, expect, test } from "vitest";
import { judgedWorld, overpraising } from "./evaluator/fixtures/judged-world.ts";
import { versionOf } from "./evaluator/seal-evaluator.ts";
import { explainEvaluator } from "./explain-evaluator.ts";
import { loadEvaluator } from "./load-evaluator.ts";
import { retrainEvaluator } from "./retrain-evaluator.ts";

const report = await retrainEvaluator(await judgedWorld(overpraising(5, 500)), {
  features: ["topic"],
  resamples: 200,
});
if (report.verdict === "not_enough_data") throw new Error(report.lacking);
const evaluators = report.candidates.map(({ evaluator }) => evaluator);
const withModel = (model: EvaluatorModel): Evaluator => {
  const next = { ...evaluators[0]!, model };
  return { ...next, version: versionOf(next) };
};

describe("a curve", () => {
  test("is told at a few scores, as the evaluator reads them", () => {
    const evaluator = withModel({ kind: "recalibrate", curve: { slope: 4, intercept: -2 } });
    const explained = explainEvaluator(evaluator);
    if (explained.kind !== "recalibrate") throw new Error(explained.kind);
    expect(explained).toMatchObject({ score: "overall", direction: "rising" });
    expect(explained.curve.map(({ probability }) => Number(probability.toFixed(9)))).toEqual([
      0.1, 0.25, 0.5, 0.75, 0.9,
    ]);
    expect(explained.curve[2]!.score).toBeCloseTo(0.5, 12);
    const evaluate = loadEvaluator(evaluator);
    for (const { score, probability, verdict } of explained.curve)
      expect(evaluate({ evalScores: { overall: score } })).toEqual({ score: probability, verdict });
  });

  test("of straight pieces is told at its ends and between, and one that falls or is level says so", () => {
    const knots = Array.from({ length: 9 }, (_, at): [number, number] => [at, at / 10]);
    expect(explainEvaluator(withModel({ kind: "recalibrate", curve: { knots } }))).toMatchObject({
      curve: [0, 2, 4, 6, 8].map((score) => ({ score, probability: score / 10 })),
    });
    for (const [slope, direction, points] of [
      [-1, "falling", 5],
      [0, "level", 1],
    ] as const) {
      const explained = explainEvaluator(
        withModel({ kind: "recalibrate", curve: { slope, intercept: 0.4 } }),
      );
      if (explained.kind !== "recalibrate") throw new Error(explained.kind);
      expect([explained.direction, explained.curve.length]).toEqual([direction, points]);
      expect(explained.curve.map(({ score }) => score)).toEqual(
        explained.curve.map(({ score }) => score).toSorted((a, b) => a - b),
      );
    }
    expect(
      explainEvaluator(withModel({ kind: "recalibrate", curve: { knots: [[0.5, 0.7]] } })),
    ).toMatchObject({ direction: "level", curve: [{ score: 0.5, probability: 0.7 }] });
  });
});

describe("what counts", () => {
  test("names a planted weakness first among what counts against, and the score first among what counts for", () => {
    const [, combine, learn] = evaluators.map((evaluator) => explainEvaluator(evaluator, { limit: 5 }));
    if (combine?.kind !== "combine" || learn?.kind !== "learn") throw new Error("other kinds");
    expect(combine.against[0]).toMatchObject({
      kind: "label",
      of: "topic",
      value: "refunds",
      per: "presence",
    });
    expect(combine.for[0]).toMatchObject({ kind: "number", of: "score:overall", per: "standard_deviation" });
    expect(combine.for[0]!.scale!.sd).toBeGreaterThan(0);
    const named = [...learn.for, ...learn.against].map(({ value }) => value);
    expect(named).toContain("refunds");
  });

  test("multiplies the odds as it says", () => {
    const combine = evaluators[1]!;
    const explained = explainEvaluator(combine, { limit: 100 });
    if (explained.kind !== "combine") throw new Error(explained.kind);
    const evaluate = loadEvaluator(combine);
    const oddsOf = (topic: string): number => {
      const { score } = evaluate({ evalScores: { overall: 0.5 }, output: "soon", metadata: { topic } });
      return score! / (1 - score!);
    };
    const refunds = [...explained.for, ...explained.against].find(({ value }) => value === "refunds")!;
    expect(oddsOf("refunds") / oddsOf("a topic that nobody knows")).toBeCloseTo(refunds.oddsRatio, 6);
    expect(refunds.oddsRatio).toBeCloseTo(Math.exp(refunds.logOdds), 12);
  });

  test("stands in the order of its strength, as much of it as is asked for, without what counts for nothing", () => {
    const explained = explainEvaluator(evaluators[2]!, { limit: 3 });
    if (explained.kind === "recalibrate") throw new Error(explained.kind);
    const all = explainEvaluator(evaluators[2]!, { limit: 100_000 });
    if (all.kind === "recalibrate") throw new Error(all.kind);
    for (const side of ["for", "against"] as const) {
      expect(explained[side]).toEqual(all[side].slice(0, 3));
      expect(explained.more[side]).toBe(all[side].length - 3);
      const strengths = all[side].map(({ logOdds }) => Math.abs(logOdds));
      expect(strengths).toEqual(strengths.toSorted((a, b) => b - a));
      expect(all[side].every(({ oddsRatio }) => (side === "for" ? oddsRatio > 1 : oddsRatio < 1))).toBe(true);
    }
  });

  test("is not to be read from embeddings, which are counted", () => {
    const model: EvaluatorModel = {
      kind: "learn",
      intercept: 0,
      numbers: [],
      categories: [],
      texts: [],
      embeddings: [{ of: "output", weights: [1, -1, 0.5] }],
    };
    expect(explainEvaluator(JSON.stringify(withModel(model)))).toMatchObject({
      kind: "learn",
      startsAt: 0.5,
      for: [],
      against: [],
      embeddings: [{ of: "output", numbers: 3 }],
    });
  });
});

test("refuses what is no evaluator, and a limit that means nothing", () => {
  expect(() => explainEvaluator("{}")).toThrow("no heed-evaluator/1");
  expect(() => explainEvaluator(evaluators[0]!, { limit: 0 })).toThrow("limit");
});
