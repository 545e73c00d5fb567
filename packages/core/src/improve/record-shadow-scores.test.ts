import type { Evaluator } from "@heed/schema";
import { describe, expect, test } from "vitest";
import { detectDrift } from "../analyze/detect-drift.ts";
import { measureAgreement } from "../analyze/measure-agreement.ts";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { readAll } from "../read-all.ts";
import { foldRequest } from "../requests/fold-request.ts";
import type { Store } from "../store.ts";
import { judgedWorld, overpraising } from "./evaluator/fixtures/judged-world.ts";
import { versionOf } from "./evaluator/seal-evaluator.ts";
import { loadEvaluator } from "./load-evaluator.ts";
import { recordShadowScores } from "./record-shadow-scores.ts";
import { retrainEvaluator } from "./retrain-evaluator.ts";

const report = await retrainEvaluator(await judgedWorld(overpraising(5, 400)), { resamples: 200 });
if (report.verdict === "not_enough_data") throw new Error(report.lacking);
const evaluators = new Map(report.candidates.map(({ kind, evaluator }) => [kind, evaluator]));
const learned = evaluators.get("learn")!;
const recalibrated = evaluators.get("recalibrate")!;
/** Another version that says the same, but for a constant. */
const shifted = (evaluator: Evaluator): Evaluator => {
  if (evaluator.model.kind === "recalibrate") throw new Error("has no intercept");
  const next = { ...evaluator, model: { ...evaluator.model, intercept: evaluator.model.intercept + 1 } };
  return { ...next, version: versionOf(next) };
};

const recordsOf = (store: Store) =>
  Array.fromAsync(readAll((...asked) => store.readEvaluations(...asked), {}));
const foldedOf = async (store: Store) => {
  const records = await recordsOf(store);
  return [...Map.groupBy(records, ({ requestId }) => requestId).values()]
    .map(foldRequest)
    .sort((a, b) => (a.requestId < b.requestId ? -1 : 1));
};

describe("shadow scores", () => {
  test("are what the evaluator says, and every analysis takes them", async () => {
    const store = await judgedWorld(overpraising(8, 300));
    const before = await foldedOf(store);
    const { score, ...counts } = await recordShadowScores(store, learned, { name: "candidate" });
    expect(score).toBe("shadow:candidate");
    expect(counts).toEqual({
      version: learned.version,
      requests: 300,
      stored: 300,
      already: 0,
      unscorable: 0,
    });
    const evaluate = loadEvaluator(learned);
    const after = await foldedOf(store);
    expect(after).toEqual(
      before.map((request) => ({
        ...request,
        evalScores: { ...request.evalScores, [score]: evaluate(request).score },
      })),
    );
    const present = await measureAgreement(store, { resamples: 0 });
    const shadow = await measureAgreement(store, {
      score,
      evaluatorThreshold: learned.threshold,
      resamples: 0,
    });
    if (present.verdict !== "estimated" || shadow.verdict !== "estimated") throw new Error(shadow.verdict);
    expect(shadow.kappa.kappa).toBeGreaterThan(present.kappa.kappa!);
    expect(await detectDrift(store, { score })).toMatchObject({ score });
  });

  test("are stored once, however often they are recorded", async () => {
    const store = await judgedWorld(overpraising(8, 120));
    const first = await recordShadowScores(store, learned);
    const records = await recordsOf(store);
    const appending = (): never => {
      throw new Error("nothing is to be appended");
    };
    const again: Store = { ...store, appendEvaluations: appending };
    expect(await recordShadowScores(again, learned, { batch: 7 })).toEqual({
      ...first,
      stored: 0,
      already: 120,
    });
    expect(await recordsOf(store)).toEqual(records);
  });

  test("go on where they were cut short", async () => {
    const store = await judgedWorld(overpraising(8, 100));
    const stop = new AbortController();
    const told: (readonly [number, number])[] = [];
    const run = recordShadowScores(store, learned, {
      batch: 30,
      signal: stop.signal,
      onProgress: (done, all) => {
        told.push([done, all]);
        if (done >= 60) stop.abort(new Error("enough"));
      },
    });
    await expect(run).rejects.toThrow("enough");
    expect(told).toEqual([
      [30, 100],
      [60, 100],
    ]);
    expect(await recordShadowScores(store, learned)).toMatchObject({ stored: 40, already: 60 });
  });

  test("of a later version are the latest of their name, and leave requests where they are in time", async () => {
    const store = await judgedWorld(overpraising(8, 80));
    const times = (await foldedOf(store)).map(({ timestamp }) => timestamp);
    const next = shifted(learned);
    await recordShadowScores(store, learned, { name: "x" });
    await recordShadowScores(store, next, { name: "x" });
    await recordShadowScores(store, learned, { name: "x" });
    const after = await foldedOf(store);
    const evaluate = loadEvaluator(next);
    expect(after.map(({ evalScores }) => evalScores["shadow:x"])).toEqual(
      after.map((request) => evaluate(request).score),
    );
    expect(after.map(({ timestamp }) => timestamp)).toEqual(times);
  });

  test("leave alone what the request says of its model, versions and labels", async () => {
    const store = memoryStore();
    await recordEvaluation(store, { requestId: "bare", output: "yes" });
    await recordShadowScores(store, learned);
    const [request] = await foldedOf(store);
    expect(Object.keys(request!).sort()).toEqual(["evalScores", "output", "requestId", "timestamp"]);
  });

  test("are none where the score to read is missing, of requests never logged, and outside the period", async () => {
    const store = memoryStore();
    const [early, late] = [new Date("2026-03-01"), new Date("2026-03-08")];
    await recordEvaluation(store, [
      { requestId: "scored", timestamp: late, evalScores: { overall: 0.4 } },
      { requestId: "without", timestamp: late, output: "hello" },
      { requestId: "early", timestamp: early, evalScores: { overall: 0.4 } },
    ]);
    await recordFeedback(store, { type: "explicit_thumbs_up", value: true, requestId: "never logged" });
    expect(await recordShadowScores(store, recalibrated, { since: late })).toMatchObject({
      requests: 2,
      stored: 1,
      unscorable: 1,
    });
  });

  test("come from the host's embeddings where the evaluator was trained on them", async () => {
    const embed = async (texts: readonly string[]) =>
      texts.map((text) => [Number(text.includes("refunds")), text.length / 100]);
    const trained = await retrainEvaluator(await judgedWorld(overpraising(5, 300)), {
      embed,
      resamples: 200,
    });
    if (trained.verdict === "not_enough_data") throw new Error(trained.lacking);
    const { evaluator } = trained.candidates.find(({ kind }) => kind === "learn")!;
    const store = await judgedWorld(overpraising(8, 50));
    await expect(recordShadowScores(store, evaluator)).rejects.toThrow("needs embed");
    expect(await recordShadowScores(store, evaluator, { embed })).toMatchObject({ stored: 50 });
  });
});

test.each([
  ["name", { name: "two words" }],
  ["name", { name: "" }],
  ["name", { name: "x".repeat(58) }],
  ["batch", { batch: 0 }],
  ["until", { since: new Date(2), until: new Date(1) }],
])("refuses a %s that means nothing", async (name, options) => {
  await expect(recordShadowScores(memoryStore(), learned, options)).rejects.toMatchObject({
    code: "INVALID_QUERY",
    message: expect.stringContaining(name),
  });
});
