import { describe, expect, test } from "vitest";
import { judgedWorld, overpraising } from "./evaluator/fixtures/judged-world.ts";
import { loadEvaluator } from "./load-evaluator.ts";
import { retrainEvaluator } from "./retrain-evaluator.ts";

const trained = retrainEvaluator(await judgedWorld(overpraising(3, 400))).then((report) => {
  if (report.verdict === "not_enough_data") throw new Error("too small a world");
  return report.candidates.map(({ evaluator }) => evaluator);
});

describe("an evaluator's file", () => {
  test("holds all that it takes: a score between 0 and 1, and the verdict that its threshold gives", async () => {
    for (const evaluator of await trained) {
      const { score, verdict } = loadEvaluator(JSON.stringify(evaluator))({
        prompt: "question about orders",
        output: "soon",
        evalScores: { overall: 0.8 },
        model: "small",
      });
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThan(1);
      expect(verdict).toBe(score! >= evaluator.threshold ? "good" : "bad");
    }
  });

  test("scores an output of which nothing is known, but not by a score that is not there", async () => {
    const [recalibrate, combine, learn] = (await trained).map((evaluator) => loadEvaluator(evaluator)({}));
    expect(recalibrate).toEqual({ score: null, verdict: null });
    const [noNumber, ...others] = (await trained).map((evaluator) =>
      loadEvaluator(evaluator)({ evalScores: { overall: Number.NaN } }),
    );
    expect(noNumber).toEqual({ score: null, verdict: null });
    expect(others).toEqual([combine, learn]);
    expect([combine!.score, learn!.score]).toEqual([expect.any(Number), expect.any(Number)]);
  });

  test("is refused when it was changed, or is none", async () => {
    const [evaluator] = await trained;
    expect(() => loadEvaluator({ ...evaluator!, threshold: 0.123 })).toThrow("its version does not fit");
    for (const text of ["", "{}", "null", JSON.stringify({ ...evaluator, format: "heed-evaluator/2" })])
      expect(() => loadEvaluator(text)).toThrow("no heed-evaluator/1");
    expect(() => loadEvaluator("{half a file")).toThrow(/^no heed-evaluator\/1: it is no JSON$/);
    expect(() => loadEvaluator("null")).toThrow(/^no heed-evaluator\/1: Invalid/);
  });

  test("takes hostile texts and numbers as they come", async () => {
    const evaluate = loadEvaluator((await trained).at(-1)!);
    for (const text of ["\ud800", "__proto__ constructor", "\u2028".repeat(9), "a ".repeat(50_000)])
      expect(evaluate({ prompt: text, output: text, evalScores: { overall: 1e100 } }).score).not.toBeNaN();
  });
});
