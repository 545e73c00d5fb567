import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { max, mean, median } from "simple-statistics";
import { findPython } from "../find-python.ts";
import { judgeRatio } from "../judge-ratio.ts";
import { measureProcess } from "../measure-process.ts";
import { writeLabelsFile } from "./labels-file.ts";
import { makeLabelledStore } from "./make-labelled-store.ts";
import { simulatedLabels } from "./simulated-labels.ts";

/** Turns in rotation: on a shared machine, only figures of the same few seconds can be compared. */
const rounds = 3;
const labels = 10_000;
const heldOut = 3_000;
const targets = { trainingMs: 30_000, trainingMb: 1_000, scoredPerSecond: 2_000, aucApart: 0.01 };

interface Run {
  readonly ms: number;
  readonly peakMb: number;
}

interface TrainingRun extends Run {
  readonly verdict: string;
  readonly chosen: string;
  readonly stages: Readonly<Record<string, number>>;
}

interface LearnerRun extends Run {
  readonly auc: number;
  readonly terms: number;
  readonly parts: Readonly<Record<string, number>>;
}

interface ScoringRun extends Run {
  readonly perSecond: number;
}

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const heed = <Measured extends Run>(script: string, ...args: string[]): Measured =>
  measureProcess(process.execPath, "--conditions=@heed/source", here(script), ...args);

/**
 * Retraining an evaluator on 10,000 labels of about 300 words through a SQLite store; its learner of texts alone beside
 * scikit-learn's; and scoring with the evaluator that comes of it. Targets: under 30 seconds and a peak under 1 GB; at
 * least half as fast as scikit-learn on the same terms, and an AUC within 0.01 of its; at least 2,000 records a second.
 */
export const benchImprove = async (): Promise<void> => {
  const python = findPython("sklearn");
  if (!python) console.log("scikit-learn is skipped: no python3 with sklearn was found");
  const folder = mkdtempSync(join(tmpdir(), "heed-bench-"));
  const file = (name: string): string => join(folder, name);
  try {
    console.log(execFileSync("uname", ["-srm"], { encoding: "utf8" }).trim(), `Node ${process.version}`);
    const simulated = [...simulatedLabels(labels + heldOut, 1)];
    const training = simulated.slice(0, labels);
    await makeLabelledStore(file("store.db"), training);
    writeLabelsFile(file("labels.json"), { training, heldOut: simulated.slice(labels) });

    const trained: TrainingRun[] = [];
    const scored: ScoringRun[] = [];
    const learners: Record<string, () => LearnerRun> = {
      [own]: () => heed("run-learner.ts", file("labels.json")),
    };
    if (python) {
      const sklearn = (terms: "pairs" | "words"): LearnerRun =>
        measureProcess(python, here("run_sklearn.py"), file("labels.json"), terms);
      learners[sameTerms] = () => sklearn("pairs");
      learners[byDefault] = () => sklearn("words");
    }
    const learned = new Map<string, LearnerRun[]>(Object.keys(learners).map((name) => [name, []]));
    for (let round = 1; round <= rounds; round++) {
      trained.push(heed("run-retrain.ts", file("store.db"), file("evaluator.json")));
      scored.push(heed("run-score.ts", file("evaluator.json"), file("labels.json")));
      for (const [name, run] of Object.entries(learners)) learned.get(name)!.push(run());
      const took = [trained, scored, ...learned.values()].map((runs) => seconds(runs.at(-1)!.ms));
      process.stderr.write(`round ${round} of ${rounds}: ${took.join(", ")} s\n`);
    }
    reportTraining(trained);
    reportLearners(learned);
    reportScoring(scored);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const own = "heed, words and pairs";
const sameTerms = "scikit-learn, words and pairs";
const byDefault = "scikit-learn by default, words";

const reportTraining = (runs: readonly TrainingRun[]): void => {
  const { verdict, chosen } = runs[0]!;
  console.log(`\nretrainEvaluator, ${labels} labels of about 300 words: ${verdict}, ${chosen}`);
  console.table(
    Object.fromEntries(runs.map(({ stages }, round) => [`round ${round + 1}`, inSeconds(stages)])),
  );
  const ms = median(runs.map((run) => run.ms));
  const peakMb = max(runs.map((run) => run.peakMb));
  console.log(
    `${seconds(ms)} s; target under ${seconds(targets.trainingMs)}: ${met(ms < targets.trainingMs)}; ` +
      `a peak of ${Math.round(peakMb)} MB; target under ${targets.trainingMb}: ${met(peakMb < targets.trainingMb)}`,
  );
};

const reportLearners = (learned: ReadonlyMap<string, readonly LearnerRun[]>): void => {
  console.log(
    `\nThe learner alone: trained on ${labels} texts, asked about ${heldOut} more, median of ${rounds}`,
  );
  const aucOf = (name: string): number => mean(learned.get(name)!.map(({ auc }) => auc));
  console.table(
    Object.fromEntries(
      [...learned].map(([name, runs]) => [
        name,
        {
          seconds: seconds(median(runs.map(({ ms }) => ms))),
          "peak MB": Math.round(median(runs.map(({ peakMb }) => peakMb))),
          terms: runs[0]!.terms,
          "held-out AUC": aucOf(name).toFixed(4),
          ...inSeconds(runs[0]!.parts),
        },
      ]),
    ),
  );
  for (const rival of [...learned.keys()].slice(1)) {
    judgeRatio(`${rival} / heed`, 0.5, learned.get(rival)!, learned.get(own)!);
    const behind = aucOf(rival) - aucOf(own);
    console.log(
      `AUC behind ${rival}: ${behind.toFixed(4)}; target at most ${targets.aucApart}: ${met(behind <= targets.aucApart)}`,
    );
  }
};

const reportScoring = (runs: readonly ScoringRun[]): void => {
  const perSecond = median(runs.map((run) => run.perSecond));
  console.log(
    `\nloadEvaluator: ${Math.round(perSecond)} records of about 300 words a second; ` +
      `target at least ${targets.scoredPerSecond}: ${met(perSecond >= targets.scoredPerSecond)}`,
  );
};

const met = (isMet: boolean): string => (isMet ? "met" : "MISSED");
const seconds = (ms: number): string => (ms / 1000).toFixed(1);
const inSeconds = (parts: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(parts).map(([name, ms]) => [`${name} s`, seconds(ms)]));
