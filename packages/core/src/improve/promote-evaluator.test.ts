import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Evaluator } from "@heed/schema";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { listChanges } from "../impact/list-changes.ts";
import { measureImprovementFromChange } from "../impact/measure-improvement-from-change.ts";
import { memoryStore } from "../memory-store.ts";
import type { Store } from "../store.ts";
import { judgedWorld, overpraising } from "./evaluator/fixtures/judged-world.ts";
import { versionOf } from "./evaluator/seal-evaluator.ts";
import { loadEvaluator } from "./load-evaluator.ts";
import { promoteEvaluator } from "./promote-evaluator.ts";
import { type CandidateReport, retrainEvaluator } from "./retrain-evaluator.ts";
import { revertEvaluator } from "./revert-evaluator.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "heed-evaluators-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const trained = (seed: number) =>
  judgedWorld(overpraising(seed, 500))
    .then((store) => retrainEvaluator(store, { seed, resamples: 200 }))
    .then((report) => {
      if (report.verdict !== "promote") throw new Error(report.verdict);
      return report.chosen!;
    });
const first = await trained(5);
const second = await trained(7);

const readCurrent = async (name = "overall"): Promise<Evaluator> =>
  JSON.parse(await readFile(join(directory, name, "current.json"), "utf8"));
const changesOf = async (store: Store) => (await listChanges(store)).map(({ change }) => change);
const sealed = (evaluator: Evaluator, changes: Partial<Evaluator>): Evaluator => {
  const next = { ...evaluator, ...changes };
  return { ...next, version: versionOf(next) };
};
/** A store that fails as long as it is told to. */
const failing = (store: Store, isBroken: () => boolean): Store => ({
  ...store,
  appendChanges: (changes) =>
    isBroken() ? Promise.reject(new Error("no connection")) : store.appendChanges(changes),
});

describe("promoting", () => {
  test("puts a version in use, keeps it, and records the change", async () => {
    const store = memoryStore();
    const now = new Date("2026-04-01T12:00:00.000Z");
    const { status, evaluator, path, change } = await promoteEvaluator(store, first, {
      directory,
      reason: "kappa rose",
      now: () => now,
    });
    expect([status, evaluator]).toEqual(["promoted", first.evaluator]);
    expect(await readCurrent()).toEqual(evaluator);
    expect(loadEvaluator(await readFile(path, "utf8"))({ evalScores: { overall: 0.8 } }).verdict).toBeTypeOf(
      "string",
    );
    expect((await readdir(join(directory, "overall"))).sort()).toEqual(
      [`${evaluator.version}.json`, "current.json"].sort(),
    );
    expect(await listChanges(store)).toEqual([
      {
        id: expect.any(String),
        change: `evaluator overall ${evaluator.version}`,
        timestamp: now,
        reason: "kappa rose",
        metadata: {
          evaluator: "overall",
          evaluatorVersion: evaluator.version,
          evaluatorChange: "promoted",
        },
      },
    ]);
    expect(change).toBe(`evaluator overall ${evaluator.version}`);
    const measured = { change: change!, beforeDate: now, afterDate: now };
    expect(await measureImprovementFromChange(store, measured)).toMatchObject({ change });
  });

  test("the same again changes nothing and records nothing", async () => {
    const store = memoryStore();
    await promoteEvaluator(store, first, { directory });
    await promoteEvaluator(store, second, { directory });
    for (const again of [second, second.evaluator, await readCurrent()])
      expect(await promoteEvaluator(store, again, { directory })).toMatchObject({
        status: "already_current",
        change: null,
      });
    expect(await changesOf(store)).toHaveLength(2);
  });

  test("makes the version in use the parent, and keeps all versions", async () => {
    const store = memoryStore();
    await promoteEvaluator(store, first, { directory });
    const { evaluator } = await promoteEvaluator(store, second, { directory });
    expect(evaluator.parent).toBe(first.evaluator.version);
    expect(evaluator.version).toBe(versionOf(evaluator));
    expect((await readdir(join(directory, "overall"))).sort()).toEqual(
      ["current.json", `${first.evaluator.version}.json`, `${evaluator.version}.json`].sort(),
    );
  });

  test("refuses what was trained to follow another version, unless it is forced", async () => {
    const store = memoryStore();
    await promoteEvaluator(store, first, { directory });
    const stale = sealed(second.evaluator, { parent: "0123456789abcdef" });
    await expect(promoteEvaluator(store, stale, { directory })).rejects.toMatchObject({
      code: "INVALID_QUERY",
      message: expect.stringContaining("another version"),
    });
    expect(await readCurrent()).toEqual(first.evaluator);
    const { evaluator } = await promoteEvaluator(store, stale, { directory, force: true });
    expect(evaluator.parent).toBe(first.evaluator.version);
  });

  test("refuses what did not pass the gate, of a report by all of it, of an artefact by its gains", async () => {
    const store = memoryStore();
    const fallen = { ...first, reasons: ["segment_falls" as const] };
    const { gains } = first.evaluator;
    const none = sealed(first.evaluator, {
      gains: { ...gains, brier: { value: -0.1, ci: [-0.2, 0] } },
    });
    for (const [refused, reason] of [
      [fallen, "segment_falls"],
      [none, "no_gain"],
    ] as const) {
      await expect(promoteEvaluator(store, refused, { directory })).rejects.toMatchObject({
        code: "INVALID_QUERY",
        message: expect.stringContaining(reason),
      });
      expect([await readdir(directory), await changesOf(store)]).toEqual([[], []]);
    }
    expect(await promoteEvaluator(store, fallen, { directory, force: true })).toMatchObject({
      status: "promoted",
    });
  });

  test("refuses the candidate that a report does not have", async () => {
    const { chosen } = { chosen: null as CandidateReport | null };
    await expect(promoteEvaluator(memoryStore(), chosen!, { directory })).rejects.toMatchObject({
      code: "INVALID_QUERY",
    });
  });

  test("refuses what is no evaluator, no directory and no reason, and then leaves no trace", async () => {
    const store = memoryStore();
    for (const [evaluator, options] of [
      ["{}", { directory }],
      [first, { directory: "" }],
      [first, { directory, reason: "x".repeat(9_000) }],
      [first, { directory, now: () => new Date(Number.NaN) }],
    ] as const)
      await expect(promoteEvaluator(store, evaluator, options)).rejects.toMatchObject({
        code: "INVALID_QUERY",
      });
    expect(await changesOf(store)).toEqual([]);
    await expect(readCurrent()).rejects.toThrow("ENOENT");
  });

  test("keeps names apart, and in the directory", async () => {
    const store = memoryStore();
    const names = ["a/b", "../a", "..", "A", "a", "ä", ".", "long".repeat(60), `${"long".repeat(60)}!`];
    for (const name of names) await promoteEvaluator(store, sealed(first.evaluator, { name }), { directory });
    const folders = await readdir(directory);
    expect(new Set(folders.map((folder) => folder.toLowerCase())).size).toBe(names.length);
    for (const folder of folders) expect(folder).toMatch(/^[a-z0-9_%-]{1,120}$/);
    for (const name of names)
      await expect(revertEvaluator(store, { directory, name })).rejects.toThrow("no parent");
  });
});

describe("reverting", () => {
  test("goes back to the parent, records that, and leaves the way forward", async () => {
    const store = memoryStore();
    await promoteEvaluator(store, first, { directory });
    const { evaluator } = await promoteEvaluator(store, second, { directory });
    const answer = await revertEvaluator(store, { directory, name: "overall", reason: "too harsh" });
    expect(answer).toMatchObject({ status: "reverted", evaluator: first.evaluator });
    expect(await readCurrent()).toEqual(first.evaluator);
    const [, , reverted] = await listChanges(store);
    expect(reverted).toMatchObject({
      change: `evaluator overall back to ${first.evaluator.version}`,
      reason: "too harsh",
      metadata: { evaluatorChange: "reverted", evaluatorBefore: evaluator.version },
    });
    expect(await promoteEvaluator(store, second, { directory })).toMatchObject({
      status: "promoted",
      evaluator,
    });
  });

  test("is refused where there is nothing to go back to", async () => {
    const store = memoryStore();
    const name = "overall";
    await expect(revertEvaluator(store, { directory, name })).rejects.toThrow("no evaluator of this name");
    await promoteEvaluator(store, first, { directory });
    await expect(revertEvaluator(store, { directory, name })).rejects.toMatchObject({
      code: "INVALID_QUERY",
      message: expect.stringContaining("no parent"),
    });
    await promoteEvaluator(store, second, { directory });
    await rm(join(directory, name, `${first.evaluator.version}.json`));
    await expect(revertEvaluator(store, { directory, name })).rejects.toThrow("has no file");
    expect(await changesOf(store)).toHaveLength(2);
  });
});

describe("whatever fails in between", () => {
  test("a switch that was not recorded is recorded once, with its own time, by the next call", async () => {
    const inner = memoryStore();
    let isBroken = true;
    const store = failing(inner, () => isBroken);
    const now = new Date("2026-04-01T12:00:00.000Z");
    await expect(promoteEvaluator(store, first, { directory, now: () => now })).rejects.toThrow(
      "no connection",
    );
    expect(await readCurrent()).toEqual(first.evaluator);
    isBroken = false;
    expect(await promoteEvaluator(store, first, { directory })).toMatchObject({ status: "already_current" });
    expect(await listChanges(inner)).toMatchObject([{ timestamp: now }]);
    await promoteEvaluator(store, first, { directory });
    expect(await changesOf(inner)).toHaveLength(1);
  });

  test("one that was recorded, but whose answer was lost, is not recorded twice", async () => {
    const inner = memoryStore();
    const store: Store = {
      ...inner,
      appendChanges: async (changes) => {
        await inner.appendChanges(changes);
        throw new Error("connection lost");
      },
    };
    await expect(promoteEvaluator(store, first, { directory })).rejects.toThrow("connection lost");
    await promoteEvaluator(inner, first, { directory });
    expect(await changesOf(inner)).toHaveLength(1);
  });

  test("one that was not made is never told of", async () => {
    const inner = memoryStore();
    await promoteEvaluator(inner, first, { directory });
    // As a process leaves it that dies before the file takes its place.
    const { openFileSink } = await import("./dataset/file-sink.ts");
    const sink = await openFileSink(join(directory, "overall", "pending-change.json"));
    await sink.write(
      JSON.stringify({
        version: "0123456789abcdef",
        record: { change: "evaluator overall 0123456789abcdef" },
      }),
    );
    await sink.finish();
    await sink.publish();
    await promoteEvaluator(inner, second, { directory });
    expect(await changesOf(inner)).toEqual([
      `evaluator overall ${first.evaluator.version}`,
      `evaluator overall ${(await readCurrent()).version}`,
    ]);
    expect(await readdir(join(directory, "overall"))).not.toContain("pending-change.json");
  });

  test("a revert that was not recorded is recorded by the next call", async () => {
    const inner = memoryStore();
    let isBroken = false;
    const store = failing(inner, () => isBroken);
    await promoteEvaluator(store, first, { directory });
    await promoteEvaluator(store, second, { directory });
    isBroken = true;
    await expect(revertEvaluator(store, { directory, name: "overall" })).rejects.toThrow("no connection");
    isBroken = false;
    await expect(revertEvaluator(store, { directory, name: "overall" })).rejects.toThrow("no parent");
    expect(await changesOf(inner)).toContain(`evaluator overall back to ${first.evaluator.version}`);
  });
});
