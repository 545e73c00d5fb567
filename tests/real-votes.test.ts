import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { correlateFeedbackWithMetrics, type Store } from "@heed/core";
import { type BatchAnswer, type EvaluationRecordInput, type FeedbackEventInput, newId } from "@heed/schema";
import { createHandler } from "@heed/server";
import { sqliteStore } from "@heed/store-sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseJsonLines, readSharedData } from "./support/read-shared-data.ts";
import { shuffle } from "./support/shuffle.ts";

interface Thumb {
  readonly pair: number;
  readonly worker: string;
  readonly prompt: string;
  readonly model: string;
  readonly thumb: 1 | -1;
}
interface Pair {
  readonly id: number;
  readonly prompt: number;
  readonly x: string;
  readonly y: string;
  readonly gpt4: "left" | "right" | "tie";
}
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

const data = {
  thumbs: readSharedData("demo_llmfao_thumbs.jsonl"),
  pairs: readSharedData("llmfao_pairs.jsonl"),
  prompts: readSharedData("llmfao_prompts.jsonl"),
  expected: readSharedData("demo_expected.json"),
};

const requestIdOf = (prompt: string, model: string) => `${prompt} / ${model}`;

/** Each output's share of GPT-4 verdicts won: 1 a win, 0.5 a tie, 0 a loss; "left" means that x won. */
const readRecords = (): EvaluationRecordInput[] => {
  const slugs = new Map(
    parseJsonLines<{ id: number; slug: string }>(data.prompts!).map(({ id, slug }) => [id, slug]),
  );
  const outputs = new Map<string, { model: string; verdicts: number[] }>();
  for (const { prompt, x, y, gpt4 } of parseJsonLines<Pair>(data.pairs!)) {
    const forX = { left: 1, tie: 0.5, right: 0 }[gpt4];
    for (const [model, verdict] of [[x, forX] as const, [y, 1 - forX] as const]) {
      const requestId = requestIdOf(slugs.get(prompt)!, model);
      const output = outputs.get(requestId) ?? { model, verdicts: [] };
      outputs.set(requestId, output);
      output.verdicts.push(verdict);
    }
  }
  return [...outputs].map(([requestId, { model, verdicts }]) => ({
    id: newId(),
    requestId,
    model,
    evalScores: { overall: verdicts.reduce((sum, verdict) => sum + verdict, 0) / verdicts.length },
  }));
};

const readThumbs = (userIdOf: (thumb: Thumb) => string): FeedbackEventInput[] =>
  parseJsonLines<Thumb>(data.thumbs!).map((thumb) => ({
    id: newId(),
    type: thumb.thumb === 1 ? "explicit_thumbs_up" : "explicit_thumbs_down",
    value: true,
    requestId: requestIdOf(thumb.prompt, thumb.model),
    userId: userIdOf(thumb),
  }));

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

describe.runIf(!Object.values(data).includes(null))(
  "10,920 real thumbs and GPT-4 verdicts, posted into SQLite",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "heed-"));
    const store = sqliteStore(join(folder, "votes.db"));
    let expected: Expected;
    let records: EvaluationRecordInput[];
    let thumbs: FeedbackEventInput[];

    // Not before: where the data are absent, this body is still read.
    beforeAll(async () => {
      expected = JSON.parse(data.expected!);
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
