import {
  applyRetention,
  buildJudgePrompt,
  compareJudges,
  composeAcknowledgements,
  computeFeedbackRateByCohort,
  correlateFeedbackWithMetrics,
  decidePrompt,
  detectDrift,
  drawAuditSample,
  estimateSatisfaction,
  explainNegativeFeedback,
  exportUser,
  findContradictions,
  findSegments,
  flagAnomalousRequests,
  flagSuspiciousFeedback,
  getFeedbackSummary,
  identifyMiscalibratedOutputs,
  listChanges,
  measureAgreement,
  measureImprovementFromChange,
  planRetraining,
  reportServiceLevels,
  retrainEvaluator,
  type Store,
  weightFeedbackForBalance,
} from "@heed/core";
import { middle } from "./data/arbitrary-requests.ts";
import { idOf } from "./data/make-items.ts";

const change = { change: "middle", beforeDate: middle, afterDate: middle };

/** The store as if these changes were recorded in it, and users told of one. */
const withChanges = (store: Store): Store => ({
  ...store,
  readChanges: async () => ({
    items: [
      { id: idOf(1), change: "middle", timestamp: middle },
      { id: idOf(2), change: "of a", timestamp: middle, segment: { label: "topic", value: "a" } },
      { id: idOf(3), change: "of a", timestamp: later, metadata: { "heed:acknowledgement": true } },
    ],
  }),
});
const later = new Date(middle.getTime() + 1_000);

/** Every question that core can ask of a store, each under the name of its function. */
export const analyses: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  correlateFeedbackWithMetrics: (store) => correlateFeedbackWithMetrics(store, { resamples: 200 }),
  "correlateFeedbackWithMetrics by topic": (store) =>
    correlateFeedbackWithMetrics(store, { level: "topic", until: middle }),
  "correlateFeedbackWithMetrics of all scores": (store) =>
    correlateFeedbackWithMetrics(store, { scores: "all", resamples: 0 }),
  "correlateFeedbackWithMetrics, weighted": async (store) => {
    const weights = await weightFeedbackForBalance(store, { by: "topic", smallestCell: 1 });
    return "cells" in weights ? correlateFeedbackWithMetrics(store, { weights, resamples: 0 }) : weights;
  },
  measureAgreement: (store) => measureAgreement(store, { evaluatorThreshold: 0.5, resamples: 50 }),
  identifyMiscalibratedOutputs: (store) =>
    identifyMiscalibratedOutputs(store, { evaluatorThreshold: 0.5, limit: 5 }),
  retrainEvaluator: (store) => retrainEvaluator(store, { mostLabels: 100, resamples: 20 }),
  planRetraining: (store) => planRetraining(store, { lastTrainedAt: middle, now: () => middle }),
  buildJudgePrompt: (store) => buildJudgePrompt(store, { mostLabels: 100, by: ["topic"] }),
  compareJudges: (store) =>
    compareJudges(store, {
      mostLabels: 100,
      resamples: 20,
      judges: { shortest: ({ output = "" }) => -output.length },
    }),
  findSegments: (store) => findSegments(store, { by: ["topic", "userCohort"], smallest: 5, q: 0.5 }),
  "findSegments of gaps": (store) =>
    findSegments(store, { by: ["topic"], metric: "gap", smallest: 5, q: 0.5 }),
  findContradictions: (store) => findContradictions(store, { across: "prompt", smallest: 1, q: 0.9 }),
  detectDrift: (store) => detectDrift(store, { metric: "score", window: 7 }),
  "detectDrift of the rate": (store) => detectDrift(store, { metric: "feedbackRate", window: 7 }),
  computeFeedbackRateByCohort: (store) => computeFeedbackRateByCohort(store),
  weightFeedbackForBalance: (store) => weightFeedbackForBalance(store, { smallestCell: 2 }),
  "weightFeedbackForBalance by raking": (store) =>
    weightFeedbackForBalance(store, { by: ["userCohort", "topic"], method: "raking", smallestCell: 2 }),
  estimateSatisfaction: (store) => estimateSatisfaction(store),
  flagSuspiciousFeedback: (store) =>
    flagSuspiciousFeedback(store, { smallestCluster: 2, smallestRun: 2, minVotes: 2, q: 0.5 }),
  flagAnomalousRequests: (store) => flagAnomalousRequests(store, { humanThreshold: 5 }),
  drawAuditSample: (store) => drawAuditSample(store, { n: 5 }),
  measureImprovementFromChange: (store) =>
    measureImprovementFromChange(store, { ...change, adjustFor: ["topic"] }),
  "measureImprovementFromChange of votes": (store) =>
    measureImprovementFromChange(store, { ...change, metric: "humanScore", looks: 3 }),
  "measureImprovementFromChange against a control": (store) =>
    measureImprovementFromChange(store, {
      ...change,
      segment: { label: "topic", value: "a" },
      control: { label: "topic", value: "b" },
    }),
  composeAcknowledgements: (store) =>
    composeAcknowledgements(withChanges(store), { change: ["middle", "of a"], recognition: true }),
  reportServiceLevels: (store) => reportServiceLevels(withChanges(store), { by: "topic", now: () => later }),
  explainNegativeFeedback: (store) =>
    explainNegativeFeedback(store, { by: ["topic", "userCohort"], smallest: 2, q: 0.9 }),
  decidePrompt: (store) =>
    decidePrompt(store, {
      ...{ candidate: "a", baseline: "b", by: "topic", slices: ["userCohort"], expectedShare: null },
      ...{ guards: ["overall", "discardRate"], minVotes: 2, minUsers: 2, now: () => middle },
    }),
  listChanges: (store) => listChanges(store),
  getFeedbackSummary: (store) =>
    Promise.all(["req-0", "req-856", "unknown"].map((requestId) => getFeedbackSummary(store, requestId))),
  exportUser: (store) => Array.fromAsync(exportUser(store, "user-2", { requestIds: ["req-0", "req-856"] })),
  "applyRetention, to count only": (store) =>
    applyRetention(store, { olderThanDays: 2, now: () => middle, dryRun: true }),
};

/** What every analysis answers, all asked at once. */
export const answersOf = async (store: Store): Promise<Readonly<Record<string, unknown>>> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(analyses).map(async ([name, analyse]) => [name, await analyse(store)] as const),
    ),
  );
