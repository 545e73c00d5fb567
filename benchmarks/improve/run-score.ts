/** How many records an evaluator scores, one after the other, in a second. `run-score.ts EVALUATOR LABELS` */
import { readFileSync } from "node:fs";
import { loadEvaluator } from "@heed/core";
import { readLabelsFile } from "./labels-file.ts";

const [evaluatorFile, labelsFile] = process.argv.slice(2);
const evaluate = loadEvaluator(readFileSync(evaluatorFile!, "utf8"));
const { training } = readLabelsFile(labelsFile!);
const records = training.map(({ prompt, output, overall }, at) => ({
  prompt,
  output,
  evalScores: { overall },
  model: at % 2 === 0 ? "small" : "large",
  promptVersion: `v${at % 4}`,
}));

const started = performance.now();
let good = 0;
for (const record of records) if (evaluate(record).verdict === "good") good++;
const ms = performance.now() - started;
const peakMb = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ ms, peakMb, perSecond: (1000 * records.length) / ms, good }));
