import { memoryStore, recordEvaluation, recordFeedback, type Store } from "@heed/core";
import { beforeAll, describe, expect, it } from "vitest";
import { weightFeedbackForBalance } from "../packages/core/src/bias/weight-feedback-for-balance.ts";
import { readSharedData } from "./support/read-shared-data.ts";

const sample = readSharedData("survey_sample.csv");
const expectedText = readSharedData("survey_expected.txt");

interface Row {
  readonly i: string;
  readonly system: string;
  readonly region: string;
  readonly overall: number;
  readonly sampled: boolean;
}

const rowsOf = (csv: string): Row[] =>
  csv
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => {
      const [i, system, region, overall, sampled] = line.split(",");
      return { i: i!, system: system!, region: region!, overall: Number(overall), sampled: sampled === "1" };
    });

/** A line such as `rake(system,region) 3.15 SE 0.10 kish_neff 52.5`. */
const expectedOf = (name: string) => {
  const line = expectedText!.split("\n").find((candidate) => candidate.startsWith(`${name} `))!;
  const [, mean, standardError, effectiveSize] = /(\S+) SE (\S+) kish_neff (\S+)/.exec(line)!.map(Number);
  return { mean: mean!, standardError: standardError!, effectiveSize: effectiveSize! };
};

describe.runIf(sample !== null && expectedText !== null)(
  "80 ratings of 360 outputs, weighted to all of them through the store",
  () => {
    let store: Store;

    beforeAll(async () => {
      const rows = rowsOf(sample!);
      const requestIdOf = ({ i }: Row) => `req-${i}`;
      store = memoryStore();
      await recordEvaluation(
        store,
        rows.map((row) => ({
          requestId: requestIdOf(row),
          metadata: { system: row.system, region: row.region },
        })),
      );
      const answers = await recordFeedback(
        store,
        rows
          .filter(({ sampled }) => sampled)
          .map((row) => ({
            type: "explicit_rating" as const,
            value: row.overall,
            requestId: requestIdOf(row),
          })),
      );
      expect(answers.filter(({ status }) => status === "stored").length).toBe(80);
    });

    it.each([
      ["postStratify(system)", { by: "system", method: "post_stratification" }],
      ["rake(system,region)", { by: ["system", "region"], method: "raking" }],
    ] as const)("have R survey's mean, standard error and Kish size: %s", async (name, options) => {
      const answer = await weightFeedbackForBalance(store, { ...options, trim: false });
      expect(answer).toMatchObject({ verdict: "weighted", n: 80, pooled: [] });
      if (answer.verdict !== "weighted") return;
      const expected = expectedOf(name);
      const { weighted, unweighted } = answer.humanScore;
      expect(Math.abs(weighted.mean! - expected.mean)).toBeLessThan(1e-9);
      expect(Math.abs(weighted.standardError! - expected.standardError)).toBeLessThan(1e-9);
      expect(Math.abs(answer.spread.after.effectiveSize - expected.effectiveSize)).toBeLessThan(1e-9);
      const plain = expectedOf("unweighted");
      expect(Math.abs(unweighted.mean! - plain.mean)).toBeLessThan(1e-9);
      expect(Math.abs(unweighted.standardError! - plain.standardError)).toBeLessThan(1e-9);
    });
  },
);
