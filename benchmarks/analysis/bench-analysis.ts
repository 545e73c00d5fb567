import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { median } from "simple-statistics";
import { findPython } from "../find-python.ts";
import { judgeRatio } from "../judge-ratio.ts";
import { measureProcess } from "../measure-process.ts";
import { benchKernel } from "./bench-kernel.ts";
import { makeStore } from "./make-store.ts";

/** Turns in rotation: on a shared machine, only figures of the same few seconds can be compared. */
const rounds = 5;
const records = 1_000_000;

interface Run {
  readonly ms: number;
  readonly peakMb: number;
  readonly n?: number;
  readonly pearson?: number;
  readonly spearman?: number;
}

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const heed = (file: string, analysis: string, n = records): Run =>
  measureProcess(process.execPath, here("run-heed.js"), file, analysis, n);

const perRequest = (file: string, columns: "all" | "needed"): Run =>
  measureProcess(process.execPath, here("run-per-request.js"), file, columns);

/**
 * Correlating a million evaluation records with 100,000 votes in one SQLite file, side by side with what else one would do;
 * the kernel beside SciPy's; and how time and memory grow from 100,000 records to ten million. Targets: at least 5 times
 * as fast as pandas with both tables, 1.3 times as a join by hand handed to SciPy, 20 times as one query a request; a peak
 * under 150 MB; time linear, and memory of the grouped analyses constant.
 */
export const benchAnalysis = async (): Promise<void> => {
  // What users run is what is built.
  execFileSync(process.execPath, [here("../../scripts/build.ts")], { stdio: "inherit" });
  const python = findPython("pandas, scipy.stats");
  const folder = mkdtempSync(join(tmpdir(), "heed-bench-"));
  try {
    console.log(execFileSync("uname", ["-srm"], { encoding: "utf8" }).trim(), `Node ${process.version}`);
    await benchSideBySide(folder, python);
    benchKernel(folder, python);
    await benchGrowth(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const benchSideBySide = async (folder: string, python: string | undefined): Promise<void> => {
  const file = join(folder, "store.db");
  await makeStore(file, records);
  const first = heed(file, "fold all");
  const rivalFile = join(folder, "rivals.db");
  copyFileSync(file, rivalFile);
  index(rivalFile);

  const variants: Record<string, () => Run> = {
    heed: () => heed(file, "correlate"),
    "heed, with a bootstrap of its users": () => heed(file, "correlate, bootstrap of users"),
    "one query a request, whole rows": () => perRequest(rivalFile, "all"),
    "one query a request, needed columns": () => perRequest(rivalFile, "needed"),
  };
  if (python) {
    variants["pandas, both tables"] = () => measureProcess(python, here("run_pandas.py"), rivalFile, "all");
    variants["pandas, needed columns"] = () =>
      measureProcess(python, here("run_pandas.py"), rivalFile, "needed");
    variants["SQL by hand, SciPy"] = () => measureProcess(python, here("run_sql_scipy.py"), rivalFile);
  } else console.log("pandas and SciPy are skipped: no python3 with pandas and scipy was found");

  const runs = new Map<string, Run[]>();
  for (let round = 0; round <= rounds; round++)
    for (const [name, run] of Object.entries(variants)) {
      const measured = run();
      // The first round fills the caches of the machine.
      if (round > 0) runs.set(name, [...(runs.get(name) ?? []), measured]);
    }

  console.log(
    `\n${records} records, ${records / 10} votes: correlation of votes and scores, median of ${rounds}`,
  );
  console.table(
    Object.fromEntries(
      [...runs].map(([name, all]) => [
        name,
        {
          ms: Math.round(median(all.map(({ ms }) => ms))),
          "peak MB": Math.round(median(all.map(({ peakMb }) => peakMb))),
          pairs: all[0]!.n,
          pearson: all[0]!.pearson,
          spearman: all[0]!.spearman,
        },
      ]),
    ),
  );
  console.log(
    `Taking the ${records} records and their votes up into the folds, once: ${Math.round(first.ms)} ms`,
  );
  const own = runs.get("heed")!;
  judgeRatio("one query a request / heed", 20, runs.get("one query a request, whole rows")!, own);
  if (python) {
    judgeRatio("pandas, both tables / heed", 5, runs.get("pandas, both tables")!, own);
    judgeRatio("SQL by hand, SciPy / heed", 1.3, runs.get("SQL by hand, SciPy")!, own);
  }
  const peak = Math.max(...own.map(({ peakMb }) => peakMb));
  console.log(
    `heed's peak memory: ${Math.round(peak)} MB; target under 150: ${peak < 150 ? "met" : "MISSED"}`,
  );
};

/** What somebody who joins by hand would have: indexes on request ids that hold all that is asked for. */
const index = (file: string): void => {
  const database = new DatabaseSync(file);
  database.exec(`
    CREATE INDEX by_hand_records ON eval_logs (request_id, eval_scores);
    CREATE INDEX by_hand_events ON feedback_events (request_id, user_id, type, timestamp_ms, id, value);
    ANALYZE;`);
  database.close();
};

const grown = [
  "fold all",
  "correlate",
  "agreement",
  "miscalibrated",
  "rates",
  "weights",
  "satisfaction",
  "segments",
  "drift",
  "impact",
];

const benchGrowth = async (folder: string): Promise<void> => {
  const table: Record<string, Record<string, string>> = {};
  for (const n of [1e5, 1e6, 1e7]) {
    const file = join(folder, `${n}.db`);
    await makeStore(file, n);
    for (const analysis of grown) {
      const { ms, peakMb } = heed(file, analysis, n);
      table[analysis] = {
        ...table[analysis],
        [`${n} records`]: `${Math.round(ms)} ms, ${Math.round(peakMb)} MB`,
      };
    }
    console.log(`${n} records: a file of ${Math.round(statSync(file).size / 1e6)} MB`);
    rmSync(file);
  }
  console.log("\nGrowth: time and peak memory of one analysis in a fresh process");
  console.table(table);
};
