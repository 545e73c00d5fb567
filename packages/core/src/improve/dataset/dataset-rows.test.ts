import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { inFolder } from "../../fixtures/in-folder.ts";
import { type ExportDatasetOptions, exportDataset } from "../export-dataset.ts";
import { goldenCases } from "./fixtures/golden-cases.ts";
import { readRows } from "./fixtures/read-rows.ts";
import { down, edit, type Recorded, record, storeOf, up } from "./fixtures/recorded.ts";
import { rowSchemas } from "./fixtures/row-schemas.ts";
import { smallHistory } from "./fixtures/small-history.ts";

// Its ES module imports a part of Node that is not there.
const { checkFile }: typeof import("together-ai/lib/check-file") = createRequire(import.meta.url)(
  "together-ai/lib/check-file",
);

const exported = async (recorded: Recorded, options: Partial<ExportDatasetOptions>) => {
  const answer = await exportDataset(await storeOf(recorded), {
    format: "labelled",
    directory: await inFolder(),
    ...options,
  });
  if (answer.verdict !== "exported") throw new Error(answer.verdict);
  return { ...answer, data: answer.files.filter(({ rows }) => rows !== null) };
};

const long = "0123456789 abcdefghijklmnopqrstuvwxyz\n".repeat(2_700);
const texts = {
  quotes: `'single' "double" \\"escaped\\" \`tick\` """`,
  newlines: "first\nsecond\r\nthird\rfourth\n\n\n",
  separators: "a\u2028b\u2029c\u0085d",
  control: "tab\there\u0007\u000b\u000c\u001f",
  emoji: "🙏🏽👩‍👩‍👧 🇩🇪",
  scripts: "धन्यवाद شكرا 谢谢",
  formula: '=HYPERLINK("https://example.com","x"),+1,-1,@a',
  apostrophe: "'=1+1",
  fullWidth: "＝1+1",
  commas: ",,;\t,",
  spaces: "  \t leading and trailing \u00a0 ",
  json: '{"role":"user","content":[1,2,3]}',
  markup: "</script><!-- & --> %s $& $1",
  long,
} as const;

/** Texts that come back as they were; and lone surrogates, which nothing in UTF-8 can hold. */
const survivors = [
  ...Object.values(texts).map((text) => ({ text, back: text })),
  { text: "lone \ud800 and \udc00 here", back: "lone \ufffd and \ufffd here" },
];

/** Two outputs to one prompt, one liked and one disliked, with each text in every place. */
const awkward = record(
  survivors.flatMap(({ text }, at) => [
    { requestId: `r${at}-liked`, prompt: text, output: `${text}!`, events: [up(`user-${at}`)] },
    { requestId: `r${at}-worse`, prompt: text, output: text, events: [down(`user-${at}`)] },
  ]),
);

/** All texts in a row. */
const textsIn = (value: unknown): readonly string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

describe.each(Object.entries({ ...goldenCases, parquet: { format: "parquet" } as const }))(
  "%s",
  (_, options) => {
    test("gives back every text", async () => {
      const { data, dropped } = await exported(awkward, { ...options, holdout: 0 });
      const rows = await readRows(data[0]!.path);
      expect(dropped.template).toBe(0);
      const found = textsIn(rows);
      for (const { back } of survivors) {
        // Plain texts for a reward model hold the prompt and the answer, a rubric what to do with it.
        const hasAnswer = found.some((text) => text === `${back}!` || text.endsWith(`\n\n${back}!`));
        const hasPrompt = found.some((text) => text === back || text === `${back}\n\n${back}!`);
        expect({ hasAnswer, hasPrompt }, back.slice(0, 50)).toEqual({ hasAnswer: true, hasPrompt: true });
      }
    });

    test("is UTF-8 without a mark, with newlines alone, the last one at the end", async () => {
      const { data } = await exported(smallHistory, { ...options, holdout: 0 });
      const bytes = await readFile(data[0]!.path);
      if (data[0]!.path.endsWith(".parquet")) return;
      expect(bytes.subarray(0, 3).toString("latin1")).not.toBe("\u00ef\u00bb\u00bf");
      expect(bytes.includes("\r")).toBe(false);
      expect(bytes.at(-1)).toBe(0x0a);
    });
  },
);

test.each(Object.entries(goldenCases))(
  "%s has what its tool documents, and nothing else",
  async (name, options) => {
    for (const recorded of [smallHistory, awkward]) {
      const { data } = await exported(recorded, { ...options, holdout: 0.3, seed: 12 });
      for (const { path, rows } of data) {
        const read = await readRows(path);
        expect(read).toHaveLength(rows!);
        for (const row of read) expect(rowSchemas[name]!.safeParse(row).error).toBeUndefined();
      }
    }
  },
);

test.each(["openai-sft", "openai-dpo", "together-instruction", "axolotl-sft"] as const)(
  "%s passes the validator of together-ai",
  async (format) => {
    for (const recorded of [smallHistory, awkward]) {
      const { data } = await exported(recorded, { format, holdout: 0.3, seed: 12 });
      expect(data).toHaveLength(2);
      for (const { path, rows } of data)
        expect(await checkFile(path)).toMatchObject({ is_check_passed: true, num_samples: rows });
    }
  },
);

test("Parquet has the rows of the labelled file, over several groups of rows", async () => {
  const many = record(
    Array.from({ length: 2_500 }, (_, at) => ({
      requestId: `r${String(at).padStart(4, "0")}`,
      prompt: `p${at}`,
      output: at % 7 === 0 ? "" : `o${at}`,
      events: [at % 2 === 0 ? up() : down()],
    })),
  );
  const parquet = await exported(many, { format: "parquet", holdout: 0 });
  const labelled = await exported(many, { format: "labelled", holdout: 0 });
  const rows = await readRows(parquet.data[0]!.path);
  expect(rows).toEqual(await readRows(labelled.data[0]!.path));
  expect(rows).toHaveLength(2_142);
});

test("a table of pairs or of answers has their columns", async () => {
  const preferences = await exported(smallHistory, { format: "parquet", rows: "preferences", holdout: 0 });
  expect((await readRows(preferences.data[0]!.path)).at(-1)).toEqual({
    prompt: "Name a colour.",
    chosen: "Blue.",
    rejected: "Colours are many.",
  });
  const answers = await exported(smallHistory, { format: "csv", rows: "demonstrations", holdout: 0 });
  expect(Object.keys((await readRows(answers.data[0]!.path))[0]!)).toEqual(["prompt", "completion"]);
});

test("a cell that a spreadsheet would run begins with an apostrophe", async () => {
  for (const start of ["=", "+", "-", "@", "\t", "\r"]) {
    const recorded = record([{ requestId: "r", prompt: "p", output: `${start}1`, events: [up()] }]);
    const { data } = await exported(recorded, { format: "csv" });
    expect(await readFile(data[0]!.path, "utf8")).toMatch(/^p,"?'[=+\-@\t\r]1"?,1$/m);
  }
});

test("what Promptfoo would fill in or load is left out", async () => {
  const recorded = record(
    ["{{ env.SECRET }}", "{% raw %}", "file:///etc/passwd", "fine"].map((prompt, at) => ({
      requestId: `r${at}`,
      prompt,
      output: "o",
      events: [up()],
    })),
  );
  const { rows, dropped } = await exported(recorded, { format: "promptfoo", holdout: 0 });
  expect({ rows, template: dropped.template }).toEqual({ rows: 1, template: 3 });
});

test("LLaMA-Factory's registry keeps the data sets that are there, and is not written over something else", async () => {
  const directory = await inFolder();
  await exported(smallHistory, { format: "llama-factory-dpo", name: "pairs", directory, holdout: 0 });
  const { files } = await exported(smallHistory, {
    format: "llama-factory-sft",
    name: "a",
    directory,
    holdout: 0,
  });
  const registry = files.find(({ path }) => path.endsWith("dataset_info.json"))!.path;
  const entries = async () => Object.keys(JSON.parse(await readFile(registry, "utf8")));
  expect(await entries()).toEqual(["a", "pairs"]);
  await exported(smallHistory, { format: "llama-factory-sft", name: "a", directory, holdout: 0.3, seed: 12 });
  expect(await entries()).toEqual(["a", "a_validation", "pairs"]);
  await exported(smallHistory, { format: "llama-factory-sft", name: "a", directory, holdout: 0 });
  expect(await entries(), "no entry without its file").toEqual(["a", "pairs"]);

  const edited = record([{ requestId: "r", prompt: "p", output: "o", events: [edit("a better o")] }]);
  await writeFile(registry, "[]");
  await expect(exported(edited, { format: "llama-factory-sft", name: "b", directory })).rejects.toMatchObject(
    { code: "INVALID_QUERY" },
  );
  expect(await readFile(registry, "utf8")).toBe("[]");
});
