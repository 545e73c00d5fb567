/**
 * The learner alone: a vocabulary of words and pairs, TF-IDF, ridge logistic regression; prints what it took to train it and
 * to ask it, and how well it tells the labels apart. By the files of the kernel, as no package exports them all.
 * `run-learner.ts LABELS`
 */
import { ridgeLogistic, rocAuc } from "@heed/core/stats";
import { fitVocabulary } from "../../packages/core/src/text/fit-vocabulary.ts";
import { tfIdf } from "../../packages/core/src/text/tf-idf.ts";
import { readLabelsFile } from "./labels-file.ts";

const { training, heldOut } = readLabelsFile(process.argv[2]!);
const [texts, unseen] = [training, heldOut].map((labels) =>
  labels.map(({ prompt, output }) => `${prompt}\n${output}`),
) as [string[], string[]];

const started = performance.now();
const vocabulary = fitVocabulary(texts);
const fittedVocabulary = performance.now();
const vectorOf = tfIdf(vocabulary);
const vectors = texts.map(vectorOf);
const starts = new Int32Array(vectors.length + 1);
for (const [at, { places }] of vectors.entries()) starts[at + 1] = starts[at]! + places.length;
const rows = {
  columns: vocabulary.terms.length,
  starts,
  places: new Int32Array(starts.at(-1)!),
  values: new Float64Array(starts.at(-1)!),
};
for (const [at, { places, values }] of vectors.entries()) {
  rows.places.set(places, starts[at]!);
  rows.values.set(values, starts[at]!);
}
const madeRows = performance.now();
const { intercept, coefficients } = ridgeLogistic(
  rows,
  training.map(({ label }) => label),
  { penalties: new Float64Array(rows.columns).fill(1) },
);
const trained = performance.now();
const logOdds = unseen.map((text) => {
  const { places, values } = vectorOf(text);
  return places.reduce((sum, place, at) => sum + coefficients[place]! * values[at]!, intercept);
});
const ms = performance.now() - started;
const peakMb = process.resourceUsage().maxRSS / 1024;

const auc = rocAuc(
  logOdds,
  heldOut.map(({ label }) => label),
);
console.log(
  JSON.stringify({
    ms,
    peakMb,
    auc,
    terms: rows.columns,
    parts: {
      vocabulary: fittedVocabulary - started,
      rows: madeRows - fittedVocabulary,
      regression: trained - madeRows,
    },
  }),
);
