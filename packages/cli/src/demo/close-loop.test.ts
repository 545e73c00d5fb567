import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listChanges, loadEvaluator, memoryStore, recordEvaluation, recordFeedback } from "@heed/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeLoop } from "./close-loop.ts";
import { describeLoop } from "./describe-loop.ts";
import { type SimulatedHistory, simulateHistory } from "./simulate-history.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-close-loop-"));
});
afterAll(() => rm(folder, { recursive: true }));

const closeLoopOf = async (history: SimulatedHistory) => {
  const store = memoryStore();
  const load = async ({ records, events }: Pick<SimulatedHistory, "records" | "events">) => {
    await recordEvaluation(store, records);
    await recordFeedback(store, events);
  };
  await load(history);
  const directory = await mkdtemp(join(folder, "evaluators-"));
  const once = () => closeLoop(store, history, { directory, load });
  return { store, findings: await once(), again: once };
};

test("the planted weakness is found, repaired by retraining, and the repair measured near the truth", async () => {
  const history = simulateHistory(3, new Date("2026-03-29T00:00:00Z"));
  const { store, findings, again } = await closeLoopOf(history);
  const { surest, retraining, repair } = findings;
  // One request in seven is about it.
  expect(surest.listed).toBe(50);
  expect(surest.aboutOverpraised).toBeGreaterThan(30);
  if (retraining.verdict !== "promote" || !repair?.path) return expect.fail("the gate stayed shut");
  const { gains, moved } = retraining.chosen!;
  expect(gains.brier.ci![0]).toBeLessThan(repair.truth.brierGain);
  expect(gains.brier.ci![1]).toBeGreaterThan(repair.truth.brierGain);
  const aboutRefunds = moved.segments.find(({ value }) => value === "refunds")!;
  expect(aboutRefunds.towardsHumans).toBeGreaterThan(2 * aboutRefunds.awayFromHumans);

  const evaluate = loadEvaluator(await readFile(repair.path, "utf8"));
  const prompt = "How long does the refund of order 12345 take?";
  expect(evaluate({ prompt, output: "It depends on several things.", evalScores: { overall: 0.9 } })).toEqual(
    { score: expect.any(Number), verdict: "bad" },
  );

  const { impact, truth } = repair;
  if (impact.verdict !== "improved" || !("ci" in impact) || !impact.ci) return expect.fail(impact.verdict);
  expect(impact.ci[0]).toBeLessThan(truth.voteEffect);
  expect(impact.ci[1]).toBeGreaterThan(truth.voteEffect);

  const { repair: repeated, ...same } = await again();
  expect(same).toEqual({ miscalibration: findings.miscalibration, surest, retraining });
  expect(repeated).toEqual({ ...repair, path: null });
  expect(await listChanges(store)).toHaveLength(1);
});

test.each(["2026-01-01T00:00:00.001Z", "2026-06-30T23:59:59.999Z"])(
  "it does not hang on when the demo starts: %s",
  async (until) => {
    const { findings } = await closeLoopOf(simulateHistory(3, new Date(until)));
    const { findings: others } = await closeLoopOf(simulateHistory(3, new Date("2026-03-29T00:00:00Z")));
    expect(findings.retraining.verdict).toBe("promote");
    expect(findings.surest).toEqual(others.surest);
    expect(findings.repair?.truth).toEqual(others.repair?.truth);
  },
);

test("where the weeks prove nothing, nothing is promoted, and that is said", async () => {
  const history = simulateHistory(7, new Date("2026-03-29T00:00:00Z"));
  // As many votes as it takes to train, and too few to prove anything.
  const few = { ...history, events: history.events.slice(0, 120) };
  const { store, findings } = await closeLoopOf(few);
  expect(findings.retraining.verdict).toBe("keep_present");
  expect(findings.repair).toBe(null);
  expect(await listChanges(store)).toEqual([]);
  const text = describeLoop(findings, history.truth);
  expect(text).toContain("Keep the present evaluator");
  expect(text).toContain("The gate stayed shut");
  expect(text).not.toContain("Promoted");
});
