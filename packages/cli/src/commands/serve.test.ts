import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordingIo } from "../recording-io.ts";
import { run } from "../run.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-serve-"));
  path = join(folder, "heed.db");
});
afterEach(() => rm(folder, { recursive: true }));

/** Serves while `work` lasts, and gives the exit code. */
const serving = async (args: string[], env: Record<string, string>, work: (url: string) => Promise<void>) => {
  const stop = new AbortController();
  const io = recordingIo({ env, signal: stop.signal });
  const exit = run(["serve", "--store", path, "--port", "0", ...args], io);
  while (!io.out().endsWith("\n")) await new Promise((resolve) => setTimeout(resolve, 20));
  try {
    await work(/http:\S+/.exec(io.out())![0]);
  } finally {
    stop.abort();
  }
  return exit;
};

const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

const events = { events: [{ requestId: "r", type: "explicit_thumbs_up", value: true }] };
const records = { records: [{ requestId: "r" }] };
const key = "a server key of some length";

test("what it answered is in the file, and being stopped is exit code 0", async () => {
  const exitCode = await serving(["--allow-anonymous"], {}, async (url) => {
    expect((await post(`${url}/v1/feedback`, events)).status).toBe(200);
  });
  expect(exitCode).toBe(0);
  const database = new DatabaseSync(path, { readOnly: true });
  expect(database.prepare("SELECT count(*) AS count FROM feedback_events").get()).toEqual({ count: 1 });
  database.close();
});

test("strangers are refused unless they are allowed, and the key is taken from either place", async () => {
  const authorization = `Bearer ${key}`;
  for (const [args, env] of [
    [["--key", key], {}],
    [[], { HEED_SERVER_KEY: key }],
  ] as const)
    await serving([...args], env, async (url) => {
      expect((await post(`${url}/v1/feedback`, events)).status).toBe(401);
      expect((await post(`${url}/v1/evaluations`, records)).status).toBe(401);
      expect((await post(`${url}/v1/evaluations`, records, { authorization })).status).toBe(200);
    });
});

test("the pages of the given origins, and of no other, may read answers", async () => {
  const origins = ["--origin", "https://a.example", "--origin", "https://b.example"];
  await serving(["--allow-anonymous", ...origins], {}, async (url) => {
    const allowedFor = async (origin: string) =>
      (await post(`${url}/v1/feedback`, events, { origin })).headers.get("access-control-allow-origin");
    expect(await allowedFor("https://b.example")).toBe("https://b.example");
    expect(await allowedFor("https://c.example")).toBe(null);
  });
});

test("a key that can be guessed is refused in a line", async () => {
  const io = recordingIo();
  expect(await run(["serve", "--store", path, "--port", "0", "--key", "short"], io)).toBe(2);
  expect(io.err()).toMatch(/^heed: INVALID_QUERY .*16 characters\n$/);
});
