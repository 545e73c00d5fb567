/** The loop, once round, on a week and another of SIMULATED feedback: nothing of it happened. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import * as heed from "@heed/core";
import { sqliteStore } from "@heed/store-sqlite";

const directory = mkdtempSync(`${tmpdir()}/heed-loop-`);
const store = sqliteStore(`${directory}/simulated.db`);
await store.setup();
let draws = 0;
const random = () => Math.abs(Math.sin(++draws) * 1e4) % 1;

/** A help desk's request. Its judge likes all that is said of refunds; users like prompt v2, and persons. */
const ask = async (timestamp: Date, evaluate?: (answer: object) => heed.OutputVerdict) => {
  const request = { requestId: `sim-${draws}`, timestamp };
  const topic = ["refunds", "repairs", "rentals"][Math.floor(random() * 3)]!;
  const promptVersion = random() < 0.5 ? "v1" : "v2";
  const isClear = random() < (promptVersion === "v2" ? 0.9 : 0.4);
  const prompt = `What about ${topic}? My number is ${Math.floor(random() * 1e9)}.`;
  const output = isClear ? `We do ${topic} at the desk, until six.` : `With ${topic}, it depends.`;
  const evalScores = { overall: topic === "refunds" || isClear ? 0.9 : 0.4 };
  const asked = { ...request, promptVersion, prompt, metadata: { topic, simulated: true } };
  const byPerson = evaluate?.({ ...asked, output, evalScores }).verdict === "bad";
  const answer = byPerson ? { output: "A person wrote this." } : { output, evalScores };
  const isLiked = random() < (byPerson || (isClear && topic !== "refunds") ? 0.95 : 0.1);
  const type = isLiked ? "explicit_thumbs_up" : "explicit_thumbs_down";
  const userId = random() < 0.5 ? `sim-${Math.floor(random() * 400)}` : undefined;
  await heed.recordEvaluation(store, { ...asked, ...answer });
  if (userId) await heed.recordFeedback(store, { ...request, userId, type, value: true });
};
const week = (from: Date, evaluate?: Parameters<typeof ask>[1]) =>
  Promise.all(Array.from({ length: 1000 }, (_, at) => ask(new Date(+from + at * 600_000), evaluate)));
const [launch, release] = [14, 7].map((days) => new Date(Date.now() - days * 86_400_000)) as [Date, Date];

console.log(`SIMULATED, in ${directory}`);
await week(launch);
const opposites = await heed.identifyMiscalibratedOutputs(store, { direction: "evaluator_too_kind" });
console.log("What does the judge like, and users do not?", opposites.verdict);
if ("outputs" in opposites) console.table(opposites.outputs.slice(0, 5), ["prompt", "score", "humanScore"]);

const training = await heed.retrainEvaluator(store);
console.log("Is there a better evaluator?", training.verdict);
if (training.verdict !== "promote") process.exit(1);
const promoting = { directory, now: () => release };
const { change, evaluator } = await heed.promoteEvaluator(store, training.chosen!, promoting);

const exclude = training.heldOut.requestIds;
const dataset = await heed.exportDataset(store, { format: "labelled", directory, exclude });
console.log("What can a model be trained on?", dataset.verdict, "rows" in dataset ? dataset.rows : 0);

const prompt = await heed.decidePrompt(store, { candidate: "v2", baseline: "v1" });
console.log("What becomes of prompt v2?", prompt.verdict);

await week(release, heed.loadEvaluator(evaluator));
const measured = { metric: "humanScore", segment: { label: "topic", value: "refunds" } } as const;
const dates = { change: change!, beforeDate: release, afterDate: release };
const impact = await heed.measureImprovementFromChange(store, { ...dates, ...measured });
console.log("Did the new evaluator help with refunds?", impact.verdict, "ci" in impact ? impact.ci : "");
await store.close();
