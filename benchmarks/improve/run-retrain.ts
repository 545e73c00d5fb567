/** One training through a store; writes the evaluator that came of it, and prints what it took. `run-retrain.ts STORE EVALUATOR` */
import { writeFileSync } from "node:fs";
import { retrainEvaluator } from "@heed/core";
import { sqliteStore } from "@heed/store-sqlite";

const [file, evaluatorFile] = process.argv.slice(2);

const store = sqliteStore(file!);
await store.setup();
const stages: Record<string, number> = {};
let [stage, since] = ["read", performance.now()];
const started = since;
const next = (name: string): void => {
  const now = performance.now();
  stages[stage] = (stages[stage] ?? 0) + now - since;
  [stage, since] = [name, now];
};
const report = await retrainEvaluator(store, { onProgress: ({ stage }) => next(stage) });
next("done");
const ms = performance.now() - started;
const peakMb = process.resourceUsage().maxRSS / 1024;
await store.close();

if (report.verdict === "not_enough_data") throw new Error(`the training lacks ${report.lacking}`);
const learned = report.candidates.find(({ kind }) => kind === "learn")!;
writeFileSync(evaluatorFile!, JSON.stringify(learned.evaluator));
console.log(JSON.stringify({ ms, peakMb, verdict: report.verdict, chosen: report.chosen?.kind, stages }));
