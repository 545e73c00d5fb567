import type { EvaluatorMetrics } from "@heed/schema";
import { expect, test } from "vitest";
import { judgeCandidate } from "./judge-candidate.ts";

const estimate = (value: number | null, ci: [number, number] | null) => ({ value, ci });
const sure = estimate(0.05, [0.01, 0.09]);
const unsure = estimate(0.02, [-0.01, 0.05]);

const gains = (own: Partial<EvaluatorMetrics> = {}): EvaluatorMetrics => ({
  kappa: sure,
  balancedAccuracy: sure,
  spearman: sure,
  brier: sure,
  ece: sure,
  ...own,
});
const proof = { gains: gains(), gainOnBaseRate: sure, segments: [] };
const segment = {
  label: "model",
  value: "small",
  n: 200,
  presentAccuracyPct: 80,
  presentBalancedAccuracyPct: null,
  candidateBalancedAccuracyPct: null,
};
const balanced = (before: number, after: number) => ({
  ...segment,
  candidateAccuracyPct: 70,
  presentBalancedAccuracyPct: before,
  candidateBalancedAccuracyPct: after,
});

test.each([
  ["nothing, where all is better", proof, []],
  ["a gain that may be chance", { ...proof, gains: gains({ brier: unsure }) }, ["no_gain"]],
  ["a loss", { ...proof, gains: gains({ brier: estimate(-0.05, [-0.09, -0.01]) }) }, ["no_gain"]],
  ["a constant that does as well", { ...proof, gainOnBaseRate: unsure }, ["knows_nothing"]],
  [
    "verdicts that agree less",
    { ...proof, gains: gains({ kappa: estimate(-0.01, null) }) },
    ["verdicts_no_better"],
  ],
  [
    "verdicts of one kind alone",
    { ...proof, gains: gains({ kappa: estimate(null, null) }) },
    ["verdicts_no_better"],
  ],
  [
    "a segment that falls by more than five points",
    { ...proof, segments: [{ ...segment, candidateAccuracyPct: 74.9 }] },
    ["segment_falls"],
  ],
  ["no segment that falls by five", { ...proof, segments: [{ ...segment, candidateAccuracyPct: 75 }] }, []],
  [
    "a segment that falls however it is counted",
    { ...proof, segments: [balanced(80, 74)] },
    ["segment_falls"],
  ],
  ["no segment where the rarer verdict is found more often", { ...proof, segments: [balanced(50, 70)] }, []],
  [
    "too few groups for an interval",
    { ...proof, gains: gains({ brier: estimate(0.2, null) }) },
    ["too_few_groups"],
  ],
] as const)("what speaks against a candidate: %s", (_, given, reasons) => {
  expect(judgeCandidate(given)).toEqual(reasons);
});
