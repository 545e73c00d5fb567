import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decidePrompt } from "@heed/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordingIo } from "../recording-io.ts";
import { run } from "../run.ts";
import { withSqlite, writeSimulatedStore } from "../simulated-store.ts";
import { writeTrial } from "../trial-store.ts";

let folder: string;
let path: string;
let simulated: string;
/** Clears the screen, and turns the reading direction. */
const hostile = "v2\u202E\u009B2J";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-decide-"));
  path = join(folder, "trial.db");
  simulated = join(folder, "simulated.db");
  await writeSimulatedStore(simulated);
  await withSqlite(path, async (store) => {
    await store.setup?.();
    await writeTrial(store, [
      { version: "v1", liked: 280, disliked: 120, score: 0.8, topic: `orders${hostile}` },
      { version: hostile, liked: 200, disliked: 200, score: 0.6, topic: `orders${hostile}` },
    ]);
  });
});
afterAll(() => rm(folder, { recursive: true }));

const decide = async (...args: string[]) => {
  const io = recordingIo();
  const exitCode = await run(["decide", ...args], io);
  return { exitCode, out: io.out(), err: io.err() };
};
const trial = () => ["--store", path, "--candidate", hostile, "--baseline", "v1"];

test("says what to do, and steers no terminal by the names of prompts, slices and guards", async () => {
  const { exitCode, out, err } = await decide(
    ...trial(),
    ...["--slices", "topic", "--guards", `overall,score${hostile}`, "--set-aside-suspicious"],
  );
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
  expect(out).toContain("REVERT: serve v1 again");
  expect(out).toMatch(/topic=orders.+ 400 +400 /);
  expect(out).not.toMatch(/[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
  for (const line of out.split("\n")) expect(line.length, line).toBeLessThanOrEqual(100);
});

test("--json is the decision itself, which is a dry run", async () => {
  const { exitCode, out } = await decide(
    ...trial(),
    ...["--margin", "0.05", "--alpha", "0.01", "--planned-votes", "900", "--expected-share", "none"],
    ...["--guards", "overall", "--guard-alpha", "0.02", "--min-votes", "50", "--min-users", "9"],
    ...["--human-threshold", "2", "--slices", "topic", "--not-randomised", "--json"],
  );
  expect(exitCode).toBe(0);
  const decision = await withSqlite(path, (store) =>
    decidePrompt(store, {
      ...{ candidate: hostile, baseline: "v1", margin: 0.05, alpha: 0.01, plannedVotes: 900 },
      ...{ expectedShare: null, guards: ["overall"], guardAlpha: 0.02, minVotes: 50, minUsers: 9 },
      ...{ humanThreshold: 2, slices: ["topic"], randomised: false },
    }),
  );
  const { decidedAt, ...printed } = JSON.parse(out);
  const { decidedAt: _, ...own } = JSON.parse(JSON.stringify(decision));
  expect(printed).toEqual(own);
  expect(printed).toMatchObject({
    verdict: "hold",
    reasons: ["not_randomised", "guard_worse", "votes_worse"],
    dryRun: true,
  });
  expect(Date.parse(decidedAt)).toBeGreaterThan(0);
});

test("the demo's history had one prompt after the other, which decides nothing", async () => {
  const { out } = await decide("--store", simulated, "--candidate", "v2", "--baseline", "v1");
  expect(out).toContain("HOLD: change nothing yet");
  expect(out).toContain("The two did not run at the same time");
});

test("what must be given is asked for, and what means nothing is refused", async () => {
  expect(await decide("--store", path, "--candidate", "v2")).toMatchObject({
    exitCode: 2,
    err: "heed: --baseline NAME is missing\n",
  });
  expect(await decide("--store", path, "--candidate", "v2", "--baseline", "v2")).toMatchObject({
    exitCode: 2,
    err: "heed: INVALID_QUERY candidate is the baseline\n",
  });
});
