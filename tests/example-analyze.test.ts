import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  computeFeedbackRateByCohort,
  correlateFeedbackWithMetrics,
  identifyMiscalibratedOutputs,
} from "@heed/core";
import { sqliteStore } from "@heed/store-sqlite";
import { afterAll, expect, it } from "vitest";

const run = promisify(execFile);
const pathOf = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "heed-analyze-"));
afterAll(() => rmSync(folder, { recursive: true }));

const node = async (program: string, ...args: string[]): Promise<string> =>
  (await run(process.execPath, ["--conditions=@heed/source", pathOf(program), ...args])).stdout;

const analyze = (store: string): Promise<string> => node("examples/analyze/analyze.ts", store);

it("answers the five questions on simulated weeks", async () => {
  const path = join(folder, "simulated.db");
  await node("packages/cli/src/main.ts", "demo", "--once", "--port", "0", "--store", path);
  const text = await analyze(path);

  const store = sqliteStore(path);
  const agreement = await correlateFeedbackWithMetrics(store);
  const opposites = await identifyMiscalibratedOutputs(store);
  const voices = await computeFeedbackRateByCohort(store);
  await store.close();
  if (agreement.verdict !== "estimated" || opposites.verdict !== "found" || voices.verdict !== "skewed")
    return expect.fail("the simulated weeks hold less than the example is to show");

  expect(text).toContain("Does our evaluator agree with the users? estimated\n");
  expect(text).toContain(`Spearman ${agreement.spearman.ci.map((end) => end.toFixed(2)).join(" to ")}`);
  expect(text).toContain("Where does it not? found\n");
  expect(text).toContain(`${opposites.tooKind} too kind, ${opposites.tooHarsh} too harsh`);
  expect(text).toContain(opposites.outputs[0]!.requestId);
  expect(text).toContain("Whose voice are we hearing? skewed\n");
  for (const { cohort, withFeedback, requests } of voices.cohorts)
    expect(text).toContain(`${cohort ?? "unknown"}: ${withFeedback} of ${requests}, a rate of `);
  expect(text).toMatch(/Is one group unhappy while another is not\? (no_segment_differs|segments_found)\n/);
  expect(text).toContain('Did "prompt v2" help, by the score? improved\n');
  expect(text).toContain('Did "prompt v2" help, by the humanScore? ');
});

it("gives a verdict to each question where nothing was collected yet", async () => {
  const text = await analyze(join(folder, "empty.db"));
  expect(text.match(/\? \w+/g)).toEqual(Array(4).fill("? not_enough_data"));
});

it("is one file of at most 40 lines", () => {
  expect(
    readFileSync(pathOf("examples/analyze/analyze.ts"), "utf8").trimEnd().split("\n").length,
  ).toBeLessThan(41);
});
