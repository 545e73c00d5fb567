import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { correlateFeedbackWithMetrics, type Store } from "@heed/core";
import type { BatchAnswer, EvaluationRecordInput, FeedbackEventInput } from "@heed/schema";
import { createHandler } from "@heed/server";
import { sqliteStore } from "@heed/store-sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readRecords, readThumbs, realVotes } from "./support/real-votes.ts";
import { shuffle } from "./support/shuffle.ts";

type Coefficient = readonly [r: number, p: number];
interface Correlations {
  readonly n: number;
  readonly pearson: Coefficient;
  readonly spearman?: Coefficient;
}
type Expected = Record<
  "per_request" | "per_model" | "per_request_if_userId_is_the_worker_alone",
  Correlations
> & { readonly n_thumbs: number };

/**
 * Spearman per model, of the exact means: 59 fractions on either side, ranked by Python's `fractions.Fraction`,
 * then `scipy.stats.spearmanr` of the ranks. The expected file has 0.744019, the value for means that were summed
 * in floating point in the order of its files: their last digit breaks ties among equal means, and other orders
 * give anything from 0.7414 to 0.7463.
 */
const spearmanPerModel: Coefficient = [0.7445369150138754, 1.3842461389969427e-11];

/** Posts items in batches of 100, and gives how often each status was answered. */
const post = async (store: Store, kind: "events" | "records", items: readonly object[]) => {
  const handle = createHandler({ store, authorize: () => "server" });
  const path = kind === "events" ? "feedback" : "evaluations";
  const statuses: Record<string, number> = {};
  for (let start = 0; start < items.length; start += 100) {
    const response = await handle(
      new Request(`http://localhost/v1/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ [kind]: items.slice(start, start + 100) }),
      }),
    );
    expect(response.status).toBe(200);
    for (const { status } of ((await response.json()) as BatchAnswer).results)
      statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return statuses;
};

const expectCorrelation = async (store: Store, level: string, expected: Correlations) => {
  const answer = await correlateFeedbackWithMetrics(store, { level });
  expect(answer).toMatchObject({ verdict: "estimated", level, n: expected.n });
  if (answer.verdict !== "estimated") return;
  for (const method of ["pearson", "spearman"] as const) {
    const [r, p] = expected[method] ?? [];
    if (r === undefined || p === undefined) continue;
    expect(Math.abs(answer[method].r / r - 1)).toBeLessThan(1e-9);
    expect(Math.abs(answer[method].p / p - 1)).toBeLessThan(1e-9);
  }
};

describe.runIf(!Object.values(realVotes).includes(null))(
  "10,920 real thumbs and GPT-4 verdicts, posted into SQLite",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "heed-"));
    const store = sqliteStore(join(folder, "votes.db"));
    let expected: Expected;
    let records: EvaluationRecordInput[];
    let thumbs: FeedbackEventInput[];

    // Not before: where the data are absent, this body is still read.
    beforeAll(async () => {
      expected = JSON.parse(realVotes.expected!);
      records = readRecords();
      thumbs = readThumbs(({ worker, pair }) => `${worker}:${pair}`);
      await store.setup();
    });
    afterAll(async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    });

    it("are all stored", async () => {
      expect(await post(store, "records", records)).toEqual({ stored: records.length });
      expect(await post(store, "events", thumbs)).toEqual({ stored: expected.n_thumbs });
    });

    it("agree with SciPy's correlations per request and per model", async () => {
      await expectCorrelation(store, "request", expected.per_request);
      await expectCorrelation(store, "model", { ...expected.per_model, spearman: spearmanPerModel });
    });

    it("posted again in another order, are all duplicates and change no number", async () => {
      const before = await correlateFeedbackWithMetrics(store, { level: "model" });
      expect(await post(store, "events", shuffle(thumbs, 7))).toEqual({ duplicate: thumbs.length });
      expect(await post(store, "records", shuffle(records, 8))).toEqual({ duplicate: records.length });
      expect(await correlateFeedbackWithMetrics(store, { level: "model" })).toEqual(before);
      await expectCorrelation(store, "request", expected.per_request);
    });

    it("of the same worker on the same output, only the last stands", async () => {
      const byWorker = sqliteStore(join(folder, "by-worker.db"));
      await byWorker.setup();
      await post(byWorker, "records", records);
      await post(
        byWorker,
        "events",
        shuffle(
          readThumbs(({ worker }) => worker),
          9,
        ),
      );
      await expectCorrelation(byWorker, "request", expected.per_request_if_userId_is_the_worker_alone);
      await byWorker.close();
    });
  },
);
