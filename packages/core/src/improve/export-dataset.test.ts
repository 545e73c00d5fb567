import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inFolder } from "../fixtures/in-folder.ts";
import { userDigest } from "../life/user-digest.ts";
import type { Store } from "../store.ts";
import { goldenCases } from "./dataset/fixtures/golden-cases.ts";
import { readRows } from "./dataset/fixtures/read-rows.ts";
import {
  discard,
  down,
  edit,
  type Recorded,
  rate,
  record,
  storeOf,
  type ToldEvent,
  type ToldRequest,
  timeOf,
  up,
  use,
} from "./dataset/fixtures/recorded.ts";
import { smallHistory } from "./dataset/fixtures/small-history.ts";
import { type ExportDatasetOptions, exportDataset } from "./export-dataset.ts";

type Options = Partial<ExportDatasetOptions>;

const exportOf = async (requests: Recorded | readonly ToldRequest[], options: Options = {}) => {
  const recorded = "records" in requests ? requests : record(requests);
  const directory = await inFolder();
  const answer = await exportDataset(await storeOf(recorded), {
    format: "labelled",
    directory,
    holdout: 0,
    ...options,
  });
  const data = answer.verdict === "exported" ? answer.files.filter(({ rows }) => rows !== null) : [];
  const rows = (await Promise.all(data.map(({ path }) => readRows(path)))).flat();
  const origins =
    answer.verdict === "exported"
      ? await readRows(answer.files.find(({ path }) => path.endsWith(".provenance.jsonl"))!.path)
      : [];
  return { answer, directory, rows, origins, dropped: answer.dropped };
};

const asked = (requestId: string, output: string, ...events: readonly ToldEvent[]): ToldRequest => ({
  requestId,
  prompt: "why?",
  output,
  events,
});

const pairs = async (requests: readonly ToldRequest[], options: Options = {}) => {
  const { rows, ...others } = await exportOf(requests, { format: "trl-dpo", style: "plain", ...options });
  return { pairs: rows.map(({ chosen, rejected }) => `${chosen} > ${rejected}`), ...others };
};

const shuffled = ({ records, events }: Recorded): Recorded => ({
  records: records.toReversed(),
  events: [...events.filter((_, at) => at % 2 === 1), ...events.filter((_, at) => at % 2 === 0)].toReversed(),
});

test.each(Object.entries({ ...goldenCases, parquet: { format: "parquet" } as const }))(
  "%s is the same to the byte when it is written again, also from a store that was filled in another order",
  async (_, options) => {
    const wanted = { ...options, holdout: 0.3, seed: 12 };
    const first = await exportOf(smallHistory, wanted);
    const directory = first.directory;
    const contents = async (folder: string) =>
      Promise.all(
        (await readdir(folder)).sort().map(async (file) => [file, await readFile(join(folder, file))]),
      );
    const before = await contents(directory);
    expect((await exportOf(smallHistory, { ...wanted, directory })).answer).toEqual(first.answer);
    expect(await contents(directory)).toEqual(before);
    expect(await contents((await exportOf(shuffled(smallHistory), wanted)).directory)).toEqual(before);
  },
);

test("files are what the manifest says that they are", async () => {
  const { answer, directory } = await exportOf(smallHistory, { holdout: 0.3, seed: 12 });
  if (answer.verdict !== "exported") throw new Error(answer.verdict);
  expect((await readdir(directory)).sort()).toEqual([
    "labelled.manifest.json",
    "labelled.provenance.jsonl",
    "labelled.train.jsonl",
    "labelled.validation.jsonl",
  ]);
  for (const { file, bytes, sha256 } of answer.manifest.files) {
    const content = await readFile(join(directory, file));
    expect(content.length).toBe(bytes);
    const digest = await crypto.subtle.digest("SHA-256", content);
    expect(Buffer.from(digest).toString("hex")).toBe(sha256);
  }
  expect(answer.manifest.rows).toEqual({ train: 4, validation: 1 });
  expect(answer.manifest.labels).toEqual({
    train: { liked: 2, disliked: 2 },
    validation: { liked: 1, disliked: 0 },
  });
});

test("an output is liked or disliked by its standing votes, those of all requests that gave it together", async () => {
  const { rows, origins, dropped } = await exportOf([
    asked("r1", "a", down("u1"), up("u1")),
    asked("r2", "b", up("u2"), { type: "explicit_retraction", value: "thumb", userId: "u2" }),
    asked("r3", "c", up("u3")),
    asked("r4", "c", down("u4"), down("u5")),
    asked("r5", "d", rate(3)),
    asked("r6", "e", up(), down()),
  ]);
  expect(rows).toEqual([
    { prompt: "why?", output: "a", label: 1 },
    { prompt: "why?", output: "c", label: 0 },
  ]);
  expect(origins[1]).toMatchObject({
    requestIds: ["r3", "r4"],
    subjects: ["u3", "u4", "u5"].map(userDigest).sort(),
  });
  expect(dropped.neutral).toBe(2);
});

test("the threshold moves what is liked", async () => {
  const requests = [asked("r1", "a", rate(4)), asked("r2", "b", rate(5))];
  expect((await exportOf(requests, { humanThreshold: 4.5 })).rows.map(({ label }) => label)).toEqual([0, 1]);
});

test("answers to learn from are liked outputs, and what users made of others and committed", async () => {
  const { rows, dropped } = await exportOf(
    [
      asked("r1", "liked", up()),
      asked("r2", "disliked", down()),
      asked(
        "r3",
        "was edited",
        edit("on the way", "u", false),
        edit("at last", "u"),
        edit("later", "u", false),
      ),
      asked("r4", "was not committed", edit("perhaps", "u", false), use("sent", "u")),
      asked("r5", "was emptied", edit(" ", "u")),
      asked("r6", "only used", use("copied", "u")),
    ],
    { format: "together-instruction" },
  );
  expect(rows.map(({ completion }) => completion)).toEqual(["liked", "at last"]);
  expect(dropped.editNotAccepted).toBe(1);
});

test("an accepted edit is better than its original, one pair a prompt", async () => {
  const original = "one two three four five six seven eight nine ten";
  const edited = "one two three four five six seven eight nine eleven";
  const told = (requestId: string, output: string, ...events: ToldEvent[]): ToldRequest => ({
    ...asked(requestId, output, ...events),
    prompt: requestId,
  });
  const {
    pairs: found,
    origins,
    dropped,
  } = await pairs([
    told("committed", original, edit(edited, "u1")),
    told("sent", original, edit(edited, "u2", false), use("sent", "u2")),
    told("inserted", original, edit(edited, "u3", false), use("inserted", "u3")),
    told("sent by another", original, edit(edited, "u4", false), use("sent", "u5")),
    told("case and space", original, edit(original.toUpperCase().replaceAll(" ", "\n"), "u6")),
    told("another text", original, edit("nothing of it is left", "u7")),
    { ...told("again", original, edit(edited, "u8")), prompt: "committed" },
  ]);
  expect(found).toEqual([`${edited} > ${original}`, `${edited} > ${original}`]);
  expect(origins).toMatchObject([
    { source: "edit", editDistance: 0.1, subjects: [userDigest("u8")] },
    { source: "edit", editDistance: 0.1, subjects: [userDigest("u2")] },
  ]);
  expect(dropped).toMatchObject({ editNotAccepted: 2, editTooSmall: 1, editTooLarge: 1, duplicate: 1 });
});

test("what a user took in the end is better than what they had thrown away for it", async () => {
  const chain = [
    asked("r1", "first", discard("regenerated", "u")),
    asked("r2", "second", discard("rephrased", "u")),
    asked("r3", "third", use("copied", "u")),
    asked("r4", "fourth", up("u")),
  ];
  expect((await pairs(chain)).pairs).toEqual(["third > first", "third > second"]);

  const no = async (...requests: ToldRequest[]) => expect((await pairs(requests)).pairs).toEqual([]);
  await no(asked("r1", "first", discard("regenerated", "u")), asked("r2", "second", use("copied", "other")));
  await no(asked("r1", "first", discard("rejected", "u")), asked("r2", "second", use("copied", "u")));
  await no(asked("r1", "first", use("copied", "u")), asked("r2", "second", discard("regenerated", "u")));
  await no(asked("r1", "same", discard("regenerated", "u")), asked("r2", "same", use("copied", "u")));
  await no(
    asked("r1", "first", discard("regenerated", "u"), up("u")),
    asked("r2", "second", use("sent", "u")),
  );
  await no(
    asked("r1", "first", discard("regenerated", "u")),
    asked("r2", "second", use("sent", "u"), rate(2, "v")),
  );
  await no(asked("r1", "first", discard("regenerated", "u")), {
    ...asked("r2", "second", use("copied", "u")),
    prompt: "how?",
  });
});

test("a liked output is better than a disliked one of the same prompt, where their scores are far enough apart", async () => {
  const requests = [
    asked("r1", "good", rate(4)),
    asked("r2", "best", rate(5)),
    asked("r3", "bad", rate(2)),
    asked("r4", "neither", rate(3)),
    { ...asked("r5", "elsewhere", rate(1)), prompt: "how?" },
  ];
  expect((await pairs(requests)).pairs).toEqual(["best > bad"]);
  const { answer, dropped } = await pairs(requests, { minimumGap: 3.5 });
  expect(answer.verdict).toBe("not_enough_data");
  expect(dropped.smallGap).toBe(1);
});

test("a pair and its reverse are both left out", async () => {
  const { answer, dropped } = await pairs([
    asked("r1", "a", discard("regenerated", "u"), down("v"), down("w")),
    asked("r2", "b", use("copied", "u"), discard("regenerated", "w")),
    asked("r3", "a", use("copied", "w")),
  ]);
  expect({ verdict: answer.verdict, contradictory: dropped.contradictory }).toEqual({
    verdict: "not_enough_data",
    contradictory: 2,
  });
});

test("without the consent that was asked for nothing is used, and the manifest says which it was", async () => {
  const yes = { metadata: { training: true } };
  const no = { metadata: { training: false } };
  const requests = [
    { ...asked("r1", "a", up("u1")), ...yes },
    { ...asked("r2", "b", up("u2")), ...no },
    { ...asked("r3", "c", up("u3", yes)) },
    { ...asked("r4", "d", up("u4", no)), ...yes },
    { ...asked("r5", "e", up("u5", yes)), ...no },
    asked("r6", "f", up("u6")),
  ];
  const { answer, rows, dropped } = await exportOf(requests, {
    consent: { label: "training", value: "true" },
  });
  expect(rows.map(({ output }) => output)).toEqual(["a", "c"]);
  expect(dropped.noConsent).toBe(4);
  expect(answer).toHaveProperty("manifest.filters.consent", { label: "training", value: "true" });
  const all = await exportOf(requests);
  expect(all.rows).toHaveLength(6);
  expect(all.answer).toHaveProperty("manifest.filters.consent", null);
});

test("flagged events are set aside with the edits of their users, and bring no older vote back", async () => {
  const recorded = record([
    asked("r1", "a", up("u"), down("u")),
    asked("r2", "one two three", edit("one two four", "u")),
    asked("r3", "c", up("v")),
  ]);
  const flagged = [recorded.events[1]!].map(({ id, ...event }) => ({ ...event, feedbackId: id }));
  const labelled = await exportOf(recorded, { flagged });
  expect(labelled.rows.map(({ output }) => output)).toEqual(["c"]);
  const answers = await exportOf(recorded, { flagged, format: "together-instruction" });
  expect(answers.rows.map(({ completion }) => completion)).toEqual(["c"]);
  expect(answers.dropped.flagged).toBe(2);
});

test("nothing of a user who was erased is in an export", async () => {
  const store = await storeOf(record([asked("r1", "a", up("u")), asked("r2", "b", up("v"))]));
  await store.eraseUser("u");
  const answer = await exportDataset(store, { format: "labelled", directory: await inFolder() });
  expect(answer).toMatchObject({ rows: 1, manifest: { subjects: [userDigest("v")] } });
});

test("a request that is kept out takes others with its prompt with it", async () => {
  const { rows, dropped } = await exportOf(
    [asked("r1", "a", up()), asked("r2", "b", down()), { ...asked("r3", "c", up()), prompt: "how?" }],
    { exclude: ["r2"] },
  );
  expect(rows.map(({ output }) => output)).toEqual(["c"]);
  expect(dropped.excluded).toBe(2);
});

test("its prompt stays out where the request itself is from another time, or has no votes", async () => {
  const requests = [
    asked("r0", "a", up()),
    asked("r1", "b", up()),
    { ...asked("r2", "c", up()), prompt: "how?" },
    { ...asked("r3", "d"), prompt: "how?" },
    { ...asked("r4", "e", up()), prompt: "who?" },
  ];
  const { rows, dropped } = await exportOf(requests, { exclude: ["r0", "r3"], since: timeOf(10) });
  expect(rows.map(({ output }) => output)).toEqual(["e"]);
  expect(dropped.excluded).toBe(2);
});

test("no user fills more rows than they may, 50 of edits unless another number is given", async () => {
  const told = Array.from({ length: 60 }, (_, at) => ({
    ...asked(`r${at}`, `a b c d ${at}`, edit(`a b c e ${at}`, "u"), up("u")),
    prompt: `p${at}`,
  }));
  expect((await pairs(told)).pairs).toHaveLength(50);
  expect((await exportOf(told)).rows).toHaveLength(60);
  const few = await exportOf(told, { maxPerUser: 7 });
  expect({ rows: few.rows.length, over: few.dropped.overUserLimit }).toEqual({ rows: 7, over: 53 });
});

test("requests of the period alone are used", async () => {
  const requests = [0, 1, 2].map((at) => asked(`r${at}`, `o${at}`, up()));
  const { rows, answer } = await exportOf(requests, { since: timeOf(10), until: timeOf(20) });
  expect(rows.map(({ output }) => output)).toEqual(["o1"]);
  expect(answer).toHaveProperty("manifest.filters.since", timeOf(10).toISOString());
});

test("a request without texts, and a conversation in another order, are counted and left out", async () => {
  const { rows, dropped } = await exportOf([
    { requestId: "r1", output: "o", events: [up()] },
    { requestId: "r2", prompt: "p", output: " \n", events: [up()] },
    {
      requestId: "r3",
      prompt: JSON.stringify([{ role: "tool", content: "x" }]),
      output: "o",
      events: [up()],
    },
    asked("r4", "kept", up()),
  ]);
  expect(rows).toHaveLength(1);
  expect(dropped).toMatchObject({ noText: 2, unusableConversation: 1 });
});

test("nothing to export is an answer, and leaves the folder as it was", async () => {
  const { answer, directory } = await exportOf([asked("r1", "a", rate(3))]);
  expect(answer).toMatchObject({ verdict: "not_enough_data", needed: 1, have: 0, dropped: { neutral: 1 } });
  expect(await readdir(directory)).toEqual([]);
});

test("texts that were removed while the export ran are in no file", async () => {
  const store = await storeOf(smallHistory);
  const { answer, rows, dropped } = await (async () => {
    const directory = await inFolder();
    const during: Store = {
      ...store,
      readEvaluations: async (filter, page) => {
        const read = await store.readEvaluations(filter, page);
        await store.removeEvaluations({ requestId: "req-07" });
        return read;
      },
    };
    const answer = await exportDataset(during, { format: "labelled", directory, holdout: 0 });
    if (answer.verdict !== "exported") throw new Error(answer.verdict);
    return { answer, rows: await readRows(answer.files[0]!.path), dropped: answer.dropped };
  })();
  expect(rows).toHaveLength(4);
  expect(answer.manifest.rows.train).toBe(4);
  expect(dropped.changedMeanwhile).toBe(1);
});

test("an export that is stopped, at any step, leaves what was there before and no half of a file", async () => {
  const { directory } = await exportOf(smallHistory, { name: "set", holdout: 0.3, seed: 12 });
  const contents = async () =>
    Promise.all(
      (await readdir(directory)).sort().map(async (file) => [file, await readFile(join(directory, file))]),
    );
  const before = await contents();
  const larger = record([
    ...Array.from({ length: 600 }, (_, at) => ({ ...asked(`r${at}`, `o${at}`, up()), prompt: `p${at}` })),
  ]);
  for (const stopAt of [1, 2, 3, 5, 100, 400, 601]) {
    const stop = new AbortController();
    let steps = 0;
    const onProgress = () => {
      if (++steps >= stopAt) stop.abort(new Error("enough"));
    };
    const options = { name: "set", directory, onProgress, signal: stop.signal };
    await expect(exportOf(larger, options), `${stopAt}`).rejects.toThrow("enough");
    expect(await contents()).toEqual(before);
  }
});

test("an export whose process is killed leaves what was there before", async () => {
  const { directory } = await exportOf(smallHistory, { name: "set" });
  const before = await readFile(join(directory, "set.train.jsonl"), "utf8");
  const here = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const script = `
    import { exportDataset } from ${here("./export-dataset.ts")};
    import { record, storeOf, up } from ${here("./dataset/fixtures/recorded.ts")};
    const told = Array.from({ length: 300 }, (_, at) => ({ requestId: "r" + at, prompt: "p" + at, output: "o", events: [up()] }));
    await exportDataset(await storeOf(record(told)), {
      format: "labelled", name: "set", directory: ${JSON.stringify(directory)}, holdout: 0,
      onProgress: (step, done) => { if (step === "writing" && done === 250) process.kill(process.pid, "SIGKILL"); },
    });`;
  const { signal } = spawnSync(process.execPath, [
    "--conditions=@heed/source",
    "--input-type=module",
    "--eval",
    script,
  ]);
  expect(signal).toBe("SIGKILL");
  expect(await readdir(directory)).toContain("set.train.jsonl.partial");
  expect(await readFile(join(directory, "set.train.jsonl"), "utf8")).toBe(before);
  await exportOf(smallHistory, { name: "set", directory });
  expect((await readdir(directory)).filter((file) => file.endsWith(".partial"))).toEqual([]);
});

test("a validation file of an earlier export does not stay beside an export without one", async () => {
  const first = await exportOf(smallHistory, { name: "set", holdout: 0.3, seed: 12 });
  expect(await readdir(first.directory)).toContain("set.validation.jsonl");
  await exportOf(smallHistory, { name: "set", directory: first.directory });
  expect(await readdir(first.directory)).not.toContain("set.validation.jsonl");
});

test("progress is told of both passes, up to all of them", async () => {
  const told: string[] = [];
  await exportOf(smallHistory, { onProgress: (...step) => told.push(step.join(" ")) });
  expect(told.at(0)).toBe("reading 9 9");
  expect(told.at(-1)).toBe("writing 5 5");
});

test("options that mean nothing are refused by name", async () => {
  const refused: readonly (readonly [string, object])[] = [
    ["format", { format: "word" }],
    ["style", { style: "fancy" }],
    ["rows", { rows: "all" }],
    ["directory", { directory: "" }],
    ["name", { name: "../secret" }],
    ["name", { name: "" }],
    ["holdout", { holdout: 1 }],
    ["holdout", { holdout: Number.NaN }],
    ["seed", { seed: 0.5 }],
    ["groupBy", { groupBy: "" }],
    ["consent", { consent: { label: "a" } }],
    ["consent", { consent: null }],
    ["exclude", { exclude: "r1" }],
    ["flagged", { flagged: [{}] }],
    ["flagged", { flagged: [null] }],
    ["flagged", { flagged: [{ userId: "u", weight: -1 }] }],
    ["humanThreshold", { humanThreshold: 6 }],
    ["minimumGap", { minimumGap: -1 }],
    ["maxPerUser", { maxPerUser: 0 }],
    ["until", { since: timeOf(2), until: timeOf(1) }],
  ];
  for (const [option, options] of refused)
    await expect(exportOf(smallHistory, options), option).rejects.toMatchObject({
      code: "INVALID_QUERY",
      message: expect.stringMatching(new RegExp(`^${option} `)),
    });
});
