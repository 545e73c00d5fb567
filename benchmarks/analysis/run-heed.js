/** One analysis by the built packages, as users run them; prints what it took. `run-heed.js FILE ANALYSIS` */
import * as heed from "@heed/core";
import { sqliteStore } from "@heed/store-sqlite";

const [file, analysis] = process.argv.slice(2);
const half = new Date(Date.UTC(2026, 0, 1) + Number(process.argv[4] ?? 0) * 500);

const analyses = {
  correlate: (store) => heed.correlateFeedbackWithMetrics(store, { resamples: 0 }),
  "correlate, bootstrap of users": (store) => heed.correlateFeedbackWithMetrics(store),
  "fold all": (store) => heed.countRequests(store, {}),
  rates: (store) => heed.computeFeedbackRateByCohort(store),
  weights: (store) => heed.weightFeedbackForBalance(store),
  satisfaction: (store) => heed.estimateSatisfaction(store),
  segments: (store) => heed.findSegments(store, { by: ["topic", "model", "promptVersion"] }),
  drift: (store) => heed.detectDrift(store, { window: 3 }),
  agreement: (store) => heed.measureAgreement(store),
  miscalibrated: (store) => heed.identifyMiscalibratedOutputs(store),
  impact: (store) =>
    heed.measureImprovementFromChange(store, { change: "half time", beforeDate: half, afterDate: half }),
};

const started = performance.now();
const store = sqliteStore(file);
await store.setup();
const answer = await analyses[analysis](store);
const ms = performance.now() - started;
await store.close();
const { n, pearson, spearman, verdict } = answer;
const peakMb = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ ms, peakMb, n, pearson: pearson?.r, spearman: spearman?.r, verdict }));
