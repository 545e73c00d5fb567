import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { inFolder } from "../../fixtures/in-folder.ts";
import { exportDataset } from "../export-dataset.ts";
import { datasetFormats } from "./dataset-formats.ts";
import { goldenCases } from "./fixtures/golden-cases.ts";
import { storeOf } from "./fixtures/recorded.ts";
import { smallHistory } from "./fixtures/small-history.ts";

const golden = (file: string): URL => new URL(`./fixtures/golden/${file}.txt`, import.meta.url);

test.each(Object.entries(goldenCases))("%s is written as in its golden files", async (name, options) => {
  const folder = await inFolder();
  const store = await storeOf(smallHistory);
  const answer = await exportDataset(store, { ...options, name, directory: folder, holdout: 0.3, seed: 12 });
  if (answer.verdict !== "exported") throw new Error(answer.verdict);
  const own = answer.files.filter(({ path }) => !path.endsWith(".provenance.jsonl"));
  for (const { path } of own) {
    const file = basename(path).replace("dataset_info.json", `${name}.dataset_info.json`);
    expect(await readFile(path, "utf8"), file).toBe(await readFile(golden(file), "utf8"));
  }
});

test("the manifest and the provenance are as in their golden files", async () => {
  const folder = await inFolder();
  const store = await storeOf(smallHistory);
  const answer = await exportDataset(store, {
    format: "openai-dpo",
    directory: folder,
    holdout: 0.3,
    seed: 12,
    exclude: ["req-09"],
  });
  if (answer.verdict !== "exported") throw new Error(answer.verdict);
  const manifest = await readFile(answer.manifestPath, "utf8");
  expect(JSON.parse(manifest)).toEqual(answer.manifest);
  expect(manifest).toBe(await readFile(golden("openai-dpo.manifest.json"), "utf8"));
  const { path } = answer.files.find((file) => file.path.endsWith(".provenance.jsonl"))!;
  expect(await readFile(path, "utf8")).toBe(await readFile(golden("openai-dpo.provenance.jsonl"), "utf8"));
});

test("every format has golden files, but Parquet, which is read back", () => {
  const covered = new Set(Object.values(goldenCases).map(({ format }) => format));
  expect(
    Object.keys(datasetFormats).filter((format) => !(covered as ReadonlySet<string>).has(format)),
  ).toEqual(["parquet"]);
});
