import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordingIo } from "../recording-io.ts";
import { run } from "../run.ts";
import { withSqlite, writeSimulatedStore } from "../simulated-store.ts";

let folder: string;
let from: string;
let to: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-copy-"));
  from = join(folder, "from.db");
  to = join(folder, "to.db");
});
afterEach(() => rm(folder, { recursive: true }));

const copy = async (args: readonly string[], signal?: AbortSignal) => {
  const io = recordingIo(signal ? { signal } : {});
  const exitCode = await run(["copy", ...args], io);
  return { exitCode, out: io.out(), err: io.err() };
};

test("everything arrives, and copying again finds nothing to do", async () => {
  const { events, records } = await writeSimulatedStore(from);
  const first = await copy(["--from", from, "--to", to]);
  expect(first).toMatchObject({ exitCode: 0, err: expect.not.stringContaining("heed:") });
  expect(first.out).toMatch(/^feedback .+ 0 +0 +0 +0$/m);
  expect(first.out).toMatch(/^Verified: /m);
  expect(first.out.match(/SHA-256 [0-9a-f]{64}$/gm)).toHaveLength(3);
  const again = JSON.parse((await copy(["--from", from, "--to", `sqlite:${to}`, "--json"])).out);
  expect(again).toMatchObject({
    verified: true,
    feedback: { count: events.length, copied: 0 },
    evaluations: { count: records.length, copied: 0 },
  });
});

test("something else under the same id is exit code 1", async () => {
  await writeSimulatedStore(from);
  const [record] = await withSqlite(from, async (store) => {
    const { items } = await store.readEvaluations({}, { limit: 1 });
    return items;
  });
  await withSqlite(to, async (store) => {
    await store.setup?.();
    await store.appendEvaluations([{ ...record!, model: "another" }]);
  });
  const { exitCode, out } = await copy(["--from", from, "--to", to]);
  expect(exitCode).toBe(1);
  expect(out).toMatch(/^Not verified: /m);
});

test("being stopped is exit code 130, and what was copied stays", async () => {
  await writeSimulatedStore(from);
  expect((await copy(["--from", from, "--to", to], AbortSignal.abort())).exitCode).toBe(130);
  expect((await copy(["--from", from, "--to", to])).exitCode).toBe(0);
});

test("a source that is not there, and a target that is the source, are refused", async () => {
  expect(await copy(["--from", from, "--to", to])).toMatchObject({
    exitCode: 1,
    err: "heed: STORE_FAILED sqlite store has no such file\n",
  });
  expect((await copy(["--from", from, "--to", from])).exitCode).toBe(2);
  expect((await copy(["--from", from])).exitCode).toBe(2);
});
