import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  correlateFeedbackWithMetrics,
  type FeedbackCorrelation,
  measureAgreement,
  recordEvaluation,
  recordFeedback,
  type Store,
} from "@heed/core";
import { sqliteStore } from "@heed/store-sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseJsonLines, readSharedData } from "./support/read-shared-data.ts";

const data = {
  topical_chat: readSharedData("unieval_topical_chat.jsonl"),
  sfres: readSharedData("unieval_sfres.jsonl"),
  correlations: readSharedData("unieval_expected.json"),
  newsroom: readSharedData("judgebench_newsroom.jsonl"),
  recipes: readSharedData("judgebench_recipes.jsonl"),
  squality: readSharedData("squality_reviews.jsonl"),
  alphas: readSharedData("judgebench_alpha_expected.json"),
};
const isThere = !Object.values(data).includes(null);

type Scale = readonly [low: number, high: number];

/** A line from a scale of somebody else's onto that of ratings. It keeps order, ties and correlations. */
const asRating = (value: number, [low, high]: Scale): number => 1 + (4 * (value - low)) / (high - low);

/** One request, what the evaluator made of it, and what each of some people did. */
interface Judged {
  readonly requestId: string;
  readonly timestamp?: Date;
  readonly evalScores?: Readonly<Record<string, number>>;
  readonly ratings: readonly number[];
}

const record = (store: Store, requests: readonly Judged[]) =>
  Promise.all(
    requests.flatMap(({ ratings, ...request }) => [
      recordEvaluation(store, request),
      ...ratings.map((value, rater) =>
        recordFeedback(store, {
          type: "explicit_rating",
          value,
          requestId: request.requestId,
          userId: `rater-${rater} of ${request.requestId}`,
        }),
      ),
    ]),
  );

const expectWithin = (actual: number, expected: number, tolerance: number) =>
  expect(Math.abs(actual - expected)).toBeLessThan(tolerance);

describe.runIf(isThere)("through an SQLite file", () => {
  const folder = mkdtempSync(join(tmpdir(), "heed-"));
  const open: Store[] = [];
  const newStore = async (name: string): Promise<Store> => {
    const store = sqliteStore(join(folder, `${name}.db`));
    await store.setup();
    open.push(store);
    return store;
  };
  afterAll(async () => {
    for (const store of open) await store.close();
    rmSync(folder, { recursive: true });
  });

  describe.each([
    [
      "topical_chat",
      {
        understandability: [0, 1],
        naturalness: [1, 3],
        coherence: [1, 3],
        engagingness: [1, 3],
        groundedness: [0, 1],
        overall: [1, 5],
      },
    ],
    ["sfres", { informativeness: [1, 6], naturalness: [1, 6], overall: [1, 6] }],
  ] as const)("UniEval's %s", (set, scales: Readonly<Record<string, Scale>>) => {
    interface Scored {
      readonly i: number;
      readonly human: Readonly<Record<string, number>>;
      readonly judge: Readonly<Record<string, number>>;
    }
    type Coefficient = readonly [r: number, p: number];
    interface Expected {
      readonly n: number;
      readonly published: { readonly pearson: number; readonly spearman: number; readonly kendall: number };
      readonly scipy: {
        readonly pearson: Coefficient;
        readonly spearman: Coefficient;
        readonly kendall_tau_b: Coefficient;
      };
      readonly pearson_ci95_fisher: readonly [number, number];
    }
    type Estimated = Extract<FeedbackCorrelation, { verdict: "estimated" }>;

    const dimensions = Object.keys(scales).sort();
    let rows: readonly Estimated[];

    beforeAll(async () => {
      const store = await newStore(set);
      // People judged each dimension of an output by itself: a request for each, with the one score of its name.
      const requests = parseJsonLines<Scored>(data[set]!).flatMap(({ i, human, judge }) =>
        dimensions.map((dimension) => ({
          requestId: `${dimension} of ${i}`,
          evalScores: { [dimension]: judge[dimension]! },
          ratings: [asRating(human[dimension]!, scales[dimension]!)],
        })),
      );
      await record(store, requests);
      const table = await correlateFeedbackWithMetrics(store, { scores: "all" });
      expect(table).toMatchObject({ verdict: "table", level: "request" });
      rows = table.rows.filter((row) => row.verdict === "estimated");
    });

    it("has every score found, in the order of names", () => {
      expect(rows.map(({ score }) => score)).toEqual(dimensions);
    });

    it.each(dimensions)("%s correlates as published, and as in SciPy with its p-values", (dimension) => {
      const expected: Expected = JSON.parse(data.correlations!).sets[set][dimension];
      const row = rows.find(({ score }) => score === dimension)!;
      expect(row).toMatchObject({
        n: expected.n,
        effectiveSize: expected.n,
        votesPerUnit: 1,
        clustered: null,
      });
      for (const [method, inSciPy] of [
        ["pearson", "pearson"],
        ["spearman", "spearman"],
        ["kendall", "kendall_tau_b"],
      ] as const) {
        const [r, p] = expected.scipy[inSciPy];
        // 27 numbers, as they are printed: six decimals.
        expect(row[method]!.r.toFixed(6)).toBe(expected.published[method].toFixed(6));
        expectWithin(row[method]!.r, r, 1e-12);
        expectWithin(row[method]!.p / p, 1, 1e-9);
      }
      expectWithin(row.pearson.ci[0], expected.pearson_ci95_fisher[0], 1e-12);
      expectWithin(row.pearson.ci[1], expected.pearson_ci95_fisher[1], 1e-12);
    });
  });

  describe("people's agreement with each other", () => {
    const sets = {
      newsroom: [1, 5],
      recipes: [1, 6],
    } as const satisfies Record<string, Scale>;
    const dayOf = (at: number): Date => new Date(Date.UTC(2026, 0, 1 + at));
    interface Expected {
      readonly level: "ordinal";
      readonly published: number;
      readonly units: number;
    }

    it.each(["newsroom", "recipes"] as const)(
      "is the published alpha on every property of JUDGE-BENCH's %s",
      async (set) => {
        const store = await newStore(set);
        const items = parseJsonLines<{ id: string | number; scores: Record<string, number[]> }>(data[set]!);
        const expected: [string, Expected][] = Object.entries(JSON.parse(data.alphas!)[set]);
        // Each property on a day of its own.
        await record(
          store,
          expected.flatMap(([property], at) =>
            items.map(({ id, scores }) => ({
              requestId: `${property} of ${id}`,
              timestamp: dayOf(at),
              ratings: scores[property]!.map((value) => asRating(value, sets[set])),
            })),
          ),
        );
        for (const [at, [, { level, published, units }]] of expected.entries()) {
          const { humanCeiling } = await measureAgreement(store, {
            alphaLevel: level,
            since: dayOf(at),
            until: dayOf(at + 1),
            resamples: 0,
          });
          expect(humanCeiling).toMatchObject({ verdict: "estimated", alphaLevel: level, requests: units });
          if (humanCeiling.verdict === "estimated") expectWithin(humanCeiling.alpha, published, 1e-12);
        }
      },
    );

    it("is .798 among SQuALITY's reviewers, on a scale of 0 to 100", async () => {
      const store = await newStore("squality");
      const reviews = parseJsonLines<{ passage: string; q: number; model: string; overall: number }>(
        data.squality!,
      );
      const byOutput = Map.groupBy(reviews, ({ passage, q, model }) => `${passage}, ${q}, ${model}`);
      await record(
        store,
        Array.from(byOutput, ([requestId, own]) => ({
          requestId,
          ratings: own.map(({ overall }) => asRating(overall, [0, 100])),
        })),
      );
      const { humanCeiling } = await measureAgreement(store, { alphaLevel: "interval" });
      expect(humanCeiling).toMatchObject({ verdict: "estimated", requests: 300, votes: 900 });
      if (humanCeiling.verdict !== "estimated") return;
      expect(humanCeiling.alpha).toBeCloseTo(0.798, 3);
      expect(humanCeiling.ci![0]).toBeLessThan(0.798);
      expect(humanCeiling.ci![1]).toBeGreaterThan(0.798);
    });
  });
});
