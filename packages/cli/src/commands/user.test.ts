import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordEvaluation, recordFeedback, userDigest } from "@heed/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { recordingIo } from "../recording-io.ts";
import { run } from "../run.ts";
import { withSqlite } from "../simulated-store.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-user-"));
  path = join(folder, "heed.db");
  await withSqlite(path, async (store) => {
    await store.setup?.();
    await recordEvaluation(store, [
      { id: "01JD9ZK4T00000000000000001", requestId: "req-1", prompt: "a prompt" },
      { id: "01JD9ZK4T00000000000000002", requestId: "req-2" },
    ]);
    await recordFeedback(store, [vote("req-1", "u-1"), vote("req-1", "u-2"), comment, vote("req-2", "u-2")]);
  });
});
afterEach(() => rm(folder, { recursive: true }));

let last = 10;
const newId = () => `01JD9ZK4T000000000000000${++last}`;
const vote = (requestId: string, userId: string) =>
  ({ id: newId(), requestId, userId, type: "explicit_rating", value: 4 }) as const;
const comment = {
  id: newId(),
  requestId: "req-2",
  userId: "u-1",
  type: "explicit_text_comment",
  value: "forged\u009B2J \u2028 line",
} as const;

const user = async (args: readonly string[], signal?: AbortSignal) => {
  const io = recordingIo(signal ? { signal } : {});
  const exitCode = await run(["user", ...args], io);
  return { exitCode, out: io.out(), err: io.err() };
};

describe("heed user export", () => {
  test("prints what is kept of the user, a line each, that steers no terminal and can be imported again", async () => {
    const args = ["export", "--store", path, "--user", "u-1", "--request", "req-1", "--request", "req-9"];
    const { exitCode, out } = await user(args);
    expect(exitCode).toBe(0);
    const items = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(items.map(({ kind, requestId, userId }) => [kind, requestId, userId])).toEqual([
      ["feedback", "req-2", "u-1"],
      ["feedback", "req-1", "u-1"],
      ["evaluation", "req-1", undefined],
    ]);
    expect(items[0].value).toBe(comment.value);
    expect(out).not.toMatch(/[\u0080-\u009f\u2028]/);

    const io = recordingIo({ stdin: out });
    const copy = join(folder, "copy.db");
    expect(await run(["import", "-", "--store", copy], io)).toBe(0);
    expect((await user(["export", "--store", copy, "--user", "u-1", "--request", "req-1"])).out).toBe(out);
  });

  test("of a user of whom nothing is kept prints nothing, and one that is stopped exits 130", async () => {
    expect(await user(["export", "--store", path, "--user", "nobody"])).toEqual({
      exitCode: 0,
      out: "",
      err: "",
    });
    const stopped = await user(["export", "--store", path, "--user", "u-1"], AbortSignal.abort());
    expect(stopped).toEqual({ exitCode: 130, out: "", err: "" });
  });
});

describe("heed user erase", () => {
  test("prints a receipt without the user in it, after which their events are rejected", async () => {
    const { exitCode, out } = await user([
      "erase",
      "--store",
      path,
      "--user",
      "u-1",
      "--request",
      "req-1",
      "--yes",
    ]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toEqual({
      digest: userDigest("u-1"),
      feedbackRemoved: 3,
      evaluationsRemoved: 1,
      erasedAt: expect.stringMatching(/^\d{4}-.+Z$/),
    });
    expect(out).not.toContain("u-1");
    expect((await user(["export", "--store", path, "--user", "u-1", "--request", "req-1"])).out).toBe("");
    expect((await user(["export", "--store", path, "--user", "u-2", "--request", "req-2"])).out).toMatch(
      /^.+\n.+\n$/,
    );
    await withSqlite(path, async (store) =>
      expect(await recordFeedback(store, comment)).toMatchObject({ code: "USER_ERASED" }),
    );
  });

  test("without --yes does nothing", async () => {
    const { exitCode, out, err } = await user(["erase", "--store", path, "--user", "u-1"]);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(err).toMatch(/^heed: .*--yes\n$/);
    expect((await user(["export", "--store", path, "--user", "u-1"])).out).not.toBe("");
  });
});

test("what is missing is wrong usage, and a store that is not there is not made", async () => {
  for (const args of [
    [],
    ["forget"],
    ["export", "--store", path],
    ["export", "--user", "u-1"],
    ["erase", "--store", path, "--user", "", "--yes"],
  ])
    expect(await user(args)).toMatchObject({
      exitCode: 2,
      out: "",
      err: expect.stringMatching(/^heed: .+\n$/),
    });
  const missing = await user(["export", "--store", join(folder, "missing.db"), "--user", "u-1"]);
  expect(missing).toMatchObject({ exitCode: 1, err: expect.stringMatching(/^heed: STORE_FAILED .+\n$/) });
});

test("each has a help of its own", async () => {
  for (const name of ["export", "erase"])
    expect((await user([name, "--help"])).out).toMatch(new RegExp(`^Usage: heed user ${name} `));
});
