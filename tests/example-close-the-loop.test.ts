import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { listChanges, loadEvaluator, measureImprovementFromChange } from "@heed/core";
import { sqliteStore } from "@heed/store-sqlite";
import { afterAll, beforeAll, expect, it } from "vitest";

const program = fileURLToPath(new URL("../examples/close-the-loop/close-the-loop.ts", import.meta.url));
let text: string;
let folder: string;

beforeAll(async () => {
  text = (await promisify(execFile)(process.execPath, ["--conditions=@heed/source", program])).stdout;
  folder = /^SIMULATED, in (\S+)$/m.exec(text)![1]!;
});
afterAll(() => rmSync(folder, { recursive: true }));

it("goes round once: the weakness, its repair, the training data, the prompt, and what it all did", () => {
  // What the judge likes and users do not is about refunds, of which it likes everything.
  expect(text.match(/What about refunds\?/g)!.length).toBeGreaterThan(2);
  expect(text).toContain("Is there a better evaluator? promote\n");
  expect(text).toMatch(/What can a model be trained on\? exported \d{3}\n/);
  expect(text).toContain("What becomes of prompt v2? keep\n");
  // Users liked one answer in ten, and nineteen in twenty of a person's: 3.4 of the scale's 4.
  const [, low, high] = /with refunds\? improved \[ ([\d.]+), ([\d.]+) \]\n/.exec(text)!;
  expect(Number(low)).toBeGreaterThan(2);
  expect(Number(high)).toBeLessThan(4);
});

it("leaves an evaluator in use that knows of refunds, and training data", () => {
  const evaluate = loadEvaluator(readFileSync(`${folder}/overall/current.json`, "utf8"));
  const verdictOn = (topic: string) =>
    evaluate({
      prompt: `What about ${topic}? My number is 1.`,
      output: `We do ${topic} at the desk, until six.`,
      evalScores: { overall: 0.9 },
    }).verdict;
  expect(verdictOn("refunds")).toBe("bad");
  expect(verdictOn("repairs")).toBe("good");

  const exported = Number(/exported (\d+)/.exec(text)![1]);
  const rows = ["train", "validation"].flatMap((side) =>
    readFileSync(`${folder}/labelled.${side}.jsonl`, "utf8").trimEnd().split("\n"),
  );
  expect(rows).toHaveLength(exported);
  expect(existsSync(`${folder}/labelled.manifest.json`)).toBe(true);
});

it("leaves a store in which others measure the same", async () => {
  const store = sqliteStore(`${folder}/simulated.db`);
  const changes = await listChanges(store);
  expect(changes).toHaveLength(1);
  const { change, timestamp } = changes[0]!;
  const impact = await measureImprovementFromChange(store, {
    change,
    beforeDate: timestamp,
    afterDate: timestamp,
    metric: "humanScore",
    segment: { label: "topic", value: "refunds" },
  });
  await store.close();
  if (!("ci" in impact)) return expect.fail(impact.verdict);
  expect(text).toContain(`improved [ ${impact.ci.join(", ")} ]`);
});

it("is one file of less than 60 lines", () => {
  expect(readFileSync(program, "utf8").trimEnd().split("\n").length).toBeLessThan(60);
});
