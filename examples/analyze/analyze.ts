/** The five questions of the week, asked of your own store: `node analyze.ts feedback.db` */
import * as heed from "@heed/core";
import { sqliteStore } from "@heed/store-sqlite";

const store = sqliteStore(process.argv[2] ?? "feedback.db");
await store.setup();
const between = (ci: readonly number[] | null) => ci?.map((end) => end.toFixed(2)).join(" to ") ?? "none";

const agreement = await heed.correlateFeedbackWithMetrics(store);
console.log("Does our evaluator agree with the users?", agreement.verdict);
if (agreement.verdict === "estimated")
  console.log(`Spearman ${between(agreement.spearman.ci)}, from ${agreement.n} requests with votes`);

const opposites = await heed.identifyMiscalibratedOutputs(store, { limit: 5 });
console.log("\nWhere does it not?", opposites.verdict);
if (opposites.verdict === "found") {
  console.log(`${opposites.tooKind} too kind, ${opposites.tooHarsh} too harsh, of ${opposites.n} requests`);
  console.table(opposites.outputs, ["requestId", "direction", "score", "humanScore"]);
}

const voices = await heed.computeFeedbackRateByCohort(store);
console.log("\nWhose voice are we hearing?", voices.verdict);
if (voices.verdict !== "not_enough_data")
  for (const { cohort, withFeedback, requests, ci } of voices.cohorts)
    console.log(`${cohort ?? "unknown"}: ${withFeedback} of ${requests}, a rate of ${between(ci)}`);

const groups = await heed.findSegments(store, { by: ["userCohort", "model", "promptVersion", "topic"] });
console.log("\nIs one group unhappy while another is not?", groups.verdict);
if (groups.verdict === "segments_found")
  for (const { labels, effect, ci, n, q } of groups.segments)
    console.log(...labels.map(({ value }) => value), { effect, ci: between(ci), n, q });

for (const { change, timestamp } of await heed.listChanges(store))
  for (const metric of ["score", "humanScore"] as const) {
    const dates = { beforeDate: timestamp, afterDate: timestamp };
    const impact = await heed.measureImprovementFromChange(store, { change, ...dates, metric });
    console.log(`\nDid "${change}" help, by the ${metric}?`, impact.verdict);
    if ("ci" in impact) console.log(`${between(impact.ci)}, n ${impact.before.n} and ${impact.after.n}`);
  }
await store.close();
