import {
  memoryStore,
  type Retraining,
  recordEvaluation,
  recordFeedback,
  retrainEvaluator,
  type Store,
} from "@heed/core";
import { describe, expect, test } from "vitest";
import { parseJsonLines, readSharedData } from "./support/read-shared-data.ts";
import { readRecords, readThumbs, realVotes } from "./support/real-votes.ts";

type Report = Exclude<Retraining, { verdict: "not_enough_data" }>;

const retrained = async (...asked: Parameters<typeof retrainEvaluator>): Promise<Report> => {
  const answer = await retrainEvaluator(...asked);
  if (answer.verdict === "not_enough_data") throw new Error(`${answer.lacking}: ${answer.have}`);
  return answer;
};

const seeds = [1, 2, 3, 4, 5];

interface Judged {
  readonly i: number;
  readonly doc: number;
  readonly system: string | null;
  readonly human: Readonly<Record<string, number>>;
  readonly judge: Readonly<Record<string, number>>;
}

/** Dialogues that several systems answered, with the scores of a judge and of people. */
const judgedStore = async (text: string): Promise<Store> => {
  const store = memoryStore();
  const rows = parseJsonLines<Judged>(text);
  await recordEvaluation(
    store,
    rows.map(({ i, doc, system, judge }) => ({
      requestId: `request-${i}`,
      evalScores: { ...judge },
      ...(system !== null && { model: system }),
      metadata: { conversationId: `dialogue-${doc}` },
    })),
  );
  await recordFeedback(
    store,
    rows.map(({ i, human }) => ({
      type: "explicit_rating" as const,
      requestId: `request-${i}`,
      value: Math.max(1, human.overall!),
    })),
  );
  return store;
};

const topicalChat = readSharedData("unieval_topical_chat.jsonl");

describe.skipIf(topicalChat === null)(
  "Topical-Chat: people's scores, and those of a judge, of dialogues",
  () => {
    test.each(seeds)(
      "the promoted evaluator beats the judge's overall score on dialogues it never saw, seed %d",
      async (seed) => {
        const report = await retrained(await judgedStore(topicalChat!), { seed });
        expect(report).toMatchObject({
          verdict: "promote",
          grouping: { by: ["conversationId"], groups: 60 },
        });
        const { metrics, gains, kind } = report.chosen!;
        console.log(line(`topical chat, seed ${seed}, present`, report.present.metrics));
        for (const candidate of report.candidates)
          console.log(line(`  ${candidate.kind}`, candidate.metrics));
        expect(kind).toBe("combine");
        expect(gains.brier.ci![0]).toBeGreaterThan(0);
        expect(gains.kappa.value).toBeGreaterThan(0);
        expect(metrics.spearman.value).toBeGreaterThan(report.present.metrics.spearman.value!);
      },
    );
  },
);

const isThere = realVotes.pairs !== null && realVotes.thumbs !== null && realVotes.prompts !== null;
const outputs = readSharedData("llmfao_outputs.jsonl");

describe.skipIf(!isThere || outputs === null)(
  "LLMFAO: thumbs of crowd workers, and verdicts of GPT-4, on 13 prompts",
  () => {
    const votedStore = async (): Promise<Store> => {
      const prompts = parseJsonLines<{ slug: string; text: string }>(realVotes.prompts!);
      const promptOf = new Map(prompts.map(({ slug, text }) => [slug, text]));
      const outputOf = new Map(
        parseJsonLines<{ slug: string; model: string; output: string }>(outputs!).map(
          ({ slug, model, output }) => [`${slug} / ${model}`, { prompt: promptOf.get(slug)!, output }],
        ),
      );
      const store = memoryStore();
      await recordEvaluation(
        store,
        readRecords().map((record) => ({ ...record, ...outputOf.get(record.requestId) })),
      );
      // A worker who saw an output in two pairs voted twice: each vote stands.
      await recordFeedback(
        store,
        readThumbs(({ worker, pair }) => `${worker} ${pair}`),
      );
      return store;
    };

    test.each(seeds)(
      "what learns from texts is no worse than what only recalibrates, seed %d",
      async (seed) => {
        const report = await retrained(await votedStore(), { seed, evaluatorThreshold: 0.5 });
        console.log(line(`llmfao, seed ${seed}, present`, report.present.metrics));
        for (const candidate of report.candidates)
          console.log(line(`  ${candidate.kind}`, candidate.metrics));
        const [recalibrate, , learn] = report.candidates.map(({ metrics }) => metrics);
        expect(report.grouping.groups).toBe(13);
        // Half of the prompts tell no difference of 0.01 in Brier score, or 0.1 in the others, from none.
        expect(learn!.brier.value).toBeLessThan(recalibrate!.brier.value! + 0.01);
        expect(learn!.kappa.value).toBeGreaterThan(recalibrate!.kappa.value! - 0.1);
        expect(learn!.spearman.value).toBeGreaterThan(recalibrate!.spearman.value! - 0.1);
      },
    );

    test("six prompts are too few to prove anything by, and nothing is promoted", async () => {
      expect(await retrained(await votedStore())).toMatchObject({
        verdict: "keep_present",
        reasons: ["too_few_groups"],
      });
    });
  },
);

const line = (name: string, metrics: Report["present"]["metrics"]): string =>
  `${name}: ${(["kappa", "spearman", "brier", "ece"] as const).map((key) => `${key} ${metrics[key].value?.toFixed(3)}`).join(", ")}`;
