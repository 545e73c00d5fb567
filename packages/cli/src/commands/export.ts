import { readFile } from "node:fs/promises";
import { type DatasetFormat, exportDataset } from "@heed/core";
import type { Command, Output } from "../io.ts";
import { describeDataset } from "../output/describe-dataset.ts";
import { formatCount } from "../output/format-number.ts";
import { createProgress } from "../progress.ts";
import { createAnalysis } from "./analyze/create-analysis.ts";
import { choice, count, number, required, segment, text } from "./analyze/option.ts";
import { humanThreshold, setAsideSuspicious } from "./analyze/shared-options.ts";
import { suspiciousFeedback } from "./analyze/suspicious-feedback.ts";

const progressEvery = 10_000;

/** What each format is made of; a format that core has and this has not does not compile. */
const made: Readonly<Record<DatasetFormat, "labelled" | "demonstrations" | "preferences" | "any">> = {
  labelled: "labelled",
  "trl-kto": "labelled",
  "axolotl-kto": "labelled",
  "llama-factory-kto": "labelled",
  promptfoo: "labelled",
  "openai-sft": "demonstrations",
  "openai-rft": "demonstrations",
  "together-instruction": "demonstrations",
  "trl-sft": "demonstrations",
  "axolotl-sft": "demonstrations",
  "llama-factory-sft": "demonstrations",
  "openai-dpo": "preferences",
  "trl-dpo": "preferences",
  "trl-reward": "preferences",
  "axolotl-dpo": "preferences",
  "llama-factory-dpo": "preferences",
  "gemini-preference": "preferences",
  csv: "any",
  parquet: "any",
};
const formats = Object.keys(made) as readonly DatasetFormat[];
const formatsOf = (kind: string): string => formats.filter((format) => made[format] === kind).join(", ");

const analysis = createAnalysis({
  usage: ["heed export --store STORE --format FORMAT --out DIRECTORY [options]"],
  summary: "write feedback as training data for other tools",
  says: "Writes feedback as files that training tools load unchanged: outputs that users like or dislike, answers to learn from, or pairs of a better and a worse answer. Beside the rows are their provenance and a manifest. No user and no prompt is both in the file to train with and in the one to validate with.",
  options: {
    format: required(
      choice(
        "FORMAT",
        formats,
        `outputs with a verdict: ${formatsOf("labelled")}; answers to learn from: ${formatsOf("demonstrations")}; pairs: ${formatsOf("preferences")}; any of the three: ${formatsOf("any")}`,
      ),
    ),
    out: required(text("DIRECTORY", "the folder to write to, which is made if it is missing")),
    name: text("NAME", "what the names of the files begin with (default: the format)"),
    style: choice(
      "STYLE",
      ["conversational", "plain"],
      "of the formats for TRL: conversational (the default), or plain texts",
    ),
    rows: choice(
      "ROWS",
      ["labelled", "demonstrations", "preferences"],
      "what csv and parquet hold: labelled (the default), demonstrations or preferences",
    ),
    consent: segment("use only what has this in the metadata of the event, or else of its request"),
    exclude: text("FILE", "request ids to keep out, a line each: those by which an evaluator is judged"),
    holdout: number("share of the groups to validate with, 0 to below 1 (default: 0.1)"),
    "group-by": text("KEY", "what is never on both sides: user (the default), prompt, or a label"),
    seed: count("which split is drawn (default: 1)"),
    "human-threshold": humanThreshold,
    "minimum-gap": number("how far apart the votes on a pair have to be, 0 to 4 (default: 1)"),
    "max-per-user": count("rows that one user may fill (default: 50 of edits, no limit for others)"),
    "set-aside-suspicious": setAsideSuspicious,
  },
  ask: async (store, { out, exclude, setAsideSuspicious: isSetAside, ...options }, { stderr, signal }) => {
    const excluded = exclude === undefined ? [] : await readIds(exclude);
    const flagged = isSetAside ? await suspiciousFeedback(store) : [];
    const progress = showProgress(stderr);
    return exportDataset(store, {
      ...options,
      directory: out,
      exclude: excluded,
      flagged,
      onProgress: progress.hear,
      signal,
    }).finally(progress.end);
  },
  describe: describeDataset,
});

/** `heed export`: training data for other tools. */
export const exportCommand: Command = {
  ...analysis,
  run: async (args, io) => {
    try {
      return await analysis.run(args, io);
    } catch (error) {
      if (io.signal.aborted) return 130;
      throw error;
    }
  },
};

const readIds = async (path: string): Promise<readonly string[]> =>
  (await readFile(path, "utf8")).split(/\r?\n/).filter((line) => line !== "");

const showProgress = (stderr: Output) => {
  const progress = createProgress(stderr, progressEvery);
  return {
    hear: (step: "reading" | "writing", done: number, all: number): void =>
      progress.show(
        step === "reading"
          ? `${formatCount(done)} of ${formatCount(all)} requests read`
          : `${formatCount(done)} of ${formatCount(all)} rows written`,
        done,
      ),
    end: (): void => progress.end(),
  };
};
