import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listChanges, recordEvaluation, recordFeedback, reportServiceLevels } from "@heed/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordingIo } from "../recording-io.ts";
import { run } from "../run.ts";
import { withSqlite } from "../simulated-store.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-change-"));
  path = join(folder, "heed.db");
});
afterEach(() => rm(folder, { recursive: true }));

const change = async (...args: string[]) => {
  const io = recordingIo();
  const exitCode = await run(["change", ...args], io);
  return { exitCode, out: io.out(), err: io.err() };
};

test("a change is in the store as it was told, and its id is printed", async () => {
  const { exitCode, out } = await change(
    ...["prompt v2", "--store", path, "--at", "2026-03-15"],
    ...["--reason", "too long", "--chosen-for", "topic=refunds"],
  );
  expect(exitCode).toBe(0);
  expect(await withSqlite(path, (store) => listChanges(store))).toEqual([
    {
      id: /^stored (\S{26})\n$/.exec(out)![1],
      change: "prompt v2",
      timestamp: new Date("2026-03-15"),
      reason: "too long",
      segment: { label: "topic", value: "refunds" },
    },
  ]);
});

test("without a time it took effect now", async () => {
  const before = Date.now();
  expect((await change("prompt v2", "--store", path)).exitCode).toBe(0);
  const [recorded] = await withSqlite(path, (store) => listChanges(store));
  expect(recorded!.timestamp.getTime()).toBeGreaterThanOrEqual(before);
  expect(recorded!.timestamp.getTime()).toBeLessThanOrEqual(Date.now());
});

test("that users were told of a change is no change, and has its time", async () => {
  await change("prompt v2", "--store", path, "--at", "2026-03-15");
  const told = await change("prompt v2", "--store", path, "--at", "2026-03-16", "--acknowledged");
  expect(told).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^stored \S{26}\n$/) });
  const answer = await withSqlite(path, async (store) => {
    const requestId = "req-1";
    await recordEvaluation(store, { requestId, timestamp: new Date("2026-03-13") });
    const said = { type: "explicit_rating", value: 1, requestId, timestamp: new Date("2026-03-14") } as const;
    await recordFeedback(store, said);
    expect(await listChanges(store)).toHaveLength(1);
    return reportServiceLevels(store);
  });
  const dayMs = 86_400_000;
  expect(answer).toMatchObject({
    rows: [{ acknowledgement: { medianMs: 2 * dayMs }, resolution: { medianMs: dayMs } }],
  });
});

test("impact knows of the segment that a recorded change was made for", async () => {
  await change("prompt v2", "--store", path, "--chosen-for", "topic=refunds");
  await withSqlite(path, async (store) => {
    for (const [at, value] of [0.1, 0.2, 0.3, 0.4].entries())
      await store.appendEvaluations([
        {
          id: `01JD9ZK4T0000000000000000${at}`,
          requestId: `r${at}`,
          timestamp: new Date(Date.UTC(2026, 2, at < 2 ? 1 : 20)),
          evalScores: { overall: value },
          metadata: { topic: "refunds" },
        },
      ]);
  });
  const io = recordingIo();
  const dates = ["--before", "2026-03-15", "--after", "2026-03-15"];
  await run(["impact", "--store", path, "--change", "prompt v2", ...dates, "--segment", "topic=refunds"], io);
  expect(io.out()).toContain("The change was made for this segment");
});

test("what is missing or malformed is wrong usage, and makes no store", async () => {
  for (const args of [
    ["--store", path],
    ["prompt v2"],
    ["prompt v2", "--store", path, "--at", "yesterday"],
    ["prompt v2", "--store", path, "--chosen-for", "refunds"],
    ["prompt v2", "--store", path, "--acknowledged", "--reason", "told by mail"],
    ["prompt v2", "--store", path, "--acknowledged", "--chosen-for", "topic=refunds"],
  ])
    expect(await change(...args)).toMatchObject({
      exitCode: 2,
      out: "",
      err: expect.stringMatching(/^heed: .+\n$/),
    });
  expect(existsSync(path)).toBe(false);
});

test("a name that no store takes is refused in a line, without the name", async () => {
  const { exitCode, err } = await change("a\u001B[2Jb", "--store", path);
  expect(exitCode).toBe(2);
  expect(err).toBe("heed: change: no control characters\n");
});
