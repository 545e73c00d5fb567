import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { newId } from "@heed/schema";
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordingIo } from "../recording-io.ts";
import { run } from "../run.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-import-"));
});
afterEach(() => rm(folder, { recursive: true }));

const importText = async (text: string | Uint8Array) => {
  const file = join(folder, "lines.jsonl");
  await writeFile(file, text);
  const io = recordingIo();
  const exitCode = await run(["import", file, "--store", join(folder, "heed.db")], io);
  return { exitCode, out: io.out(), err: io.err() };
};

const rows = (table: "feedback_events" | "eval_logs"): unknown => {
  const database = new DatabaseSync(join(folder, "heed.db"), { readOnly: true });
  try {
    return database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count;
  } finally {
    database.close();
  }
};

const feedback = (fields: object = {}) =>
  JSON.stringify({
    kind: "feedback",
    id: newId(),
    requestId: "req-1",
    type: "explicit_rating",
    value: 4,
    ...fields,
  });

const evaluation = (fields: object = {}) =>
  JSON.stringify({
    kind: "evaluation",
    id: newId(),
    requestId: "req-1",
    evalScores: { overall: 0.5 },
    ...fields,
  });

const counts = (stored: number, duplicate: number, conflict: number, rejected: number): RegExp =>
  new RegExp(`stored +${stored}\nduplicate +${duplicate}\nconflict +${conflict}\nrejected +${rejected}\n`);

test("good lines of both kinds are stored, and importing them again stores nothing twice", async () => {
  const text = `${feedback()}\n${evaluation()}\n${feedback({ userId: "u" })}\n`;
  const first = await importText(text);
  expect(first).toMatchObject({ exitCode: 0, err: "", out: expect.stringMatching(counts(3, 0, 0, 0)) });
  const second = await importText(text);
  expect(second).toMatchObject({ exitCode: 0, err: "", out: expect.stringMatching(counts(0, 3, 0, 0)) });
  expect([rows("feedback_events"), rows("eval_logs")]).toEqual([2, 1]);
});

test("bad lines are told of by number, in order and without their text, and keep no good line out", async () => {
  const { exitCode, out, err } = await importText(
    [
      feedback(),
      "{ secret",
      '["secret"]',
      '{"kind":"secret"}',
      feedback({ value: "secret" }),
      feedback({ secret: 1 }),
      evaluation({ metadata: { "secret key": 1 } }),
      evaluation(),
    ].join("\n"),
  );
  expect(exitCode).toBe(1);
  expect(out).toMatch(counts(2, 0, 0, 6));
  expect(err.split("\n").map((line) => line.slice(0, 22))).toEqual([
    "line 2: not JSON",
    "line 3: not a JSON obj",
    "line 4: kind: expected",
    "line 5: INVALID_EVENT ",
    "line 6: INVALID_EVENT ",
    "line 7: INVALID_EVENT ",
    "",
  ]);
  expect(err).not.toContain("secret");
  expect([rows("feedback_events"), rows("eval_logs")]).toEqual([1, 1]);
});

test("a line whose id belongs to another item is a conflict, and counts as bad", async () => {
  const id = newId();
  const { exitCode, out, err } = await importText(`${feedback({ id })}\n${feedback({ id, value: 1 })}\n`);
  expect(exitCode).toBe(1);
  expect(out).toMatch(counts(1, 0, 1, 0));
  expect(err).toBe("line 2: its id belongs to another item, which stands\n");
});

test("a byte order mark, CRLF, empty lines and a missing last line end are all fine", async () => {
  const text = `\uFEFF${feedback()}\r\n\r\n   \n${evaluation()}\r\n${feedback()}`;
  expect(await importText(text)).toMatchObject({
    exitCode: 0,
    out: expect.stringMatching(counts(3, 0, 0, 0)),
  });
});

test("a line over 1 MiB is bad, and the lines around it are kept", async () => {
  const huge = feedback({ metadata: { padding: "x".repeat(1024 * 1024) } });
  const { exitCode, out, err } = await importText(`${feedback()}\n${huge}\n${feedback()}\n`);
  expect(exitCode).toBe(1);
  expect(out).toMatch(counts(2, 0, 0, 1));
  expect(err).toBe("line 2: too long\n");
});

test("more lines than one batch holds keep their numbers", async () => {
  const lines = Array.from({ length: 2_500 }, () => feedback());
  lines[1_999] = "{";
  const { out, err } = await importText(lines.join("\n"));
  expect(out).toMatch(/stored +2,499\n/);
  expect(err).toBe("line 2000: not JSON\n");
});

test("- reads standard input", async () => {
  const io = recordingIo({ stdin: `${feedback()}\n` });
  expect(await run(["import", "-", "--store", join(folder, "heed.db")], io)).toBe(0);
  expect(io.out()).toMatch(counts(1, 0, 0, 0));
});

test("an import that is stopped while its input is silent keeps what it has, and exits 130", async () => {
  const stop = new AbortController();
  const stdin = new PassThrough();
  const io = { ...recordingIo({ signal: stop.signal }), stdin };
  const exit = run(["import", "-", "--store", join(folder, "heed.db")], io);
  stdin.write(`${feedback()}\n${feedback()}\n{"kind":"feed`);
  // The lines were taken in once nothing is left to read.
  while (stdin.readableLength > 0 || !existsSync(join(folder, "heed.db"))) await setImmediate();
  stop.abort();
  expect(await exit).toBe(130);
  expect(io.out()).toMatch(counts(2, 0, 0, 0));
  expect(io.err()).toBe("");
});

test("a file that is not there is one line on stderr", async () => {
  const io = recordingIo();
  expect(await run(["import", join(folder, "none.jsonl"), "--store", join(folder, "heed.db")], io)).toBe(1);
  expect(io.err()).toMatch(/^heed: ENOENT.*\n$/);
});

test("a file that is not there is told of in a line, and no store is made for it", async () => {
  const io = recordingIo();
  const store = join(folder, "made.db");
  expect(await run(["import", join(folder, "nothing.jsonl"), "--store", store], io)).toBe(1);
  expect(io.err()).toMatch(/^heed: ENOENT.*\n$/);
  expect(existsSync(store)).toBe(false);
});
