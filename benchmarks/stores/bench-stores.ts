import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  computeFeedbackRateByCohort,
  correlateFeedbackWithMetrics,
  type Store,
  withoutFastPaths,
} from "@heed/core";
import { geometricMean } from "simple-statistics";
import { simulatedHistory } from "../simulated-history.ts";
import {
  type Contender,
  startClickHouseContender,
  startPostgresContender,
  startSqlite,
} from "./contenders.ts";

const starts: Readonly<Record<string, () => Promise<Contender>>> = {
  SQLite: startSqlite,
  Postgres: startPostgresContender,
  ClickHouse: startClickHouseContender,
};

/** Records of each size; a tenth as many votes. */
const sizes: Readonly<Record<string, readonly number[]>> = {
  SQLite: [100_000, 1_000_000],
  Postgres: [100_000, 1_000_000],
  ClickHouse: [100_000, 1_000_000, 10_000_000],
};

/** Where both go in batches of this; larger stores are filled in larger ones. */
const batch = 1_000;
const largeBatch = 20_000;
const largestByBatch = 1_000_000;

/** Turns between heed and the insert by hand: only figures of the same few seconds can be compared. */
const batchesPerTurn = 50;

/**
 * The stores on their engines, each beside the fastest insert that one would write by hand for it; then the analyses, by the
 * store's fast paths and by streaming its rows. Targets: at least half of the rows a second of the insert by hand; the
 * pushed-down correlation on ClickHouse at least 5 times as fast as streaming; time linear in the rows.
 */
export const benchStores = async (): Promise<void> => {
  const ensure = fileURLToPath(new URL("../../scripts/ensure-engines.ts", import.meta.url));
  execFileSync(process.execPath, [ensure], { stdio: "inherit" });
  for (const [name, start] of Object.entries(starts)) {
    const contender = await start();
    try {
      console.log(`\n${contender.name}`);
      for (const n of sizes[name]!) await benchSize(contender, n);
    } finally {
      await contender.close();
    }
  }
};

const databaseOf = (n: number): string => `bench_${n}`;

const benchSize = async (contender: Contender, n: number): Promise<void> => {
  const store = await contender.open(databaseOf(n));
  try {
    await store.setup?.();
    if (n === largestByBatch) await contender.prepare(databaseOf(n));
    await fill(contender, store, n);
    await benchAnalyses(contender, store, n);
  } finally {
    await store.close();
  }
};

const fill = async ({ name, byHand, insert }: Contender, store: Store, n: number): Promise<void> => {
  const isSideBySide = n <= largestByBatch;
  const history = simulatedHistory(n, isSideBySide ? batch : largeBatch);
  const own: number[] = [];
  const rival: number[] = [];
  let turn: (readonly Parameters<Store["appendEvaluations"]>[0][number][])[] = [];
  const take = async (): Promise<void> => {
    own.push(await timed(() => eachOf(turn, (records) => store.appendEvaluations(records))));
    // The smaller sizes would meet their own rows again.
    if (n === largestByBatch) rival.push(await timed(() => eachOf(turn, insert)));
    turn = [];
  };
  for (const records of history.records()) {
    turn.push(records);
    if (turn.length === batchesPerTurn) await take();
  }
  if (turn.length > 0) await take();

  let votes = 0;
  const votesMs = await timed(async () => {
    for (const events of history.votes()) votes += (await store.appendFeedback(events)).length;
  });
  const perSecond = (rows: number, ms: number): string => `${Math.round(rows / ms)},000 a second`;
  console.log(
    `${n} records in batches of ${isSideBySide ? batch : largeBatch}: ${perSecond(n, sum(own))}; ` +
      `${votes} votes: ${perSecond(votes, votesMs)}`,
  );
  if (rival.length === 0) return;
  const ratios = own.map((ms, at) => rival[at]! / ms);
  judge(`${name}, records a second against ${byHand}`, 0.5, geometricMean(ratios), ratios);
};

const analyses: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  "correlate (no bootstrap)": (store) => correlateFeedbackWithMetrics(store, { resamples: 0 }),
  "rates by cohort": (store) => computeFeedbackRateByCohort(store),
};

const benchAnalyses = async ({ name }: Contender, store: Store, n: number): Promise<void> => {
  // SQLite folds once what is new.
  const foldMs = await timed(() => correlateFeedbackWithMetrics(store, { resamples: 0 }));
  console.log(`  the first analysis after loading: ${Math.round(foldMs)} ms`);
  for (const [title, analyse] of Object.entries(analyses)) {
    const runs: number[] = [];
    for (let round = 0; round < 3; round++) runs.push(await timed(() => analyse(store)));
    const best = Math.min(...runs);
    // Ten million rows in maps would not fit.
    if (n > largestByBatch) {
      console.log(`  ${title}: ${Math.round(best)} ms`);
      continue;
    }
    const streamedMs = await timed(() => analyse(withoutFastPaths(store)));
    console.log(`  ${title}: ${Math.round(best)} ms; by streaming the rows ${Math.round(streamedMs)} ms`);
    if (title.startsWith("correlate") && n === largestByBatch && name === "ClickHouse")
      judge("ClickHouse, streaming against the fast path", 5, streamedMs / best, [streamedMs / best]);
  }
};

const judge = (what: string, target: number, value: number, all: readonly number[]): void => {
  const range = `${Math.min(...all).toFixed(2)} to ${Math.max(...all).toFixed(2)}`;
  console.log(
    `${what}: ${value.toFixed(2)} (${range}); target at least ${target}: ${value >= target ? "met" : "MISSED"}`,
  );
};

const eachOf = async <Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<void> => {
  for (const item of items) await work(item);
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
