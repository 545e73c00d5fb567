import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { correlateFeedbackWithMetrics, eraseUser, recordEvaluation, recordFeedback } from "@heed/core";
import { type BatchAnswer, newId } from "@heed/schema";
import { createHandler } from "@heed/server";
import { sqliteStore } from "@heed/store-sqlite";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";

const kills = 40;
const batchSize = 50;

const folder = mkdtempSync(join(tmpdir(), "heed-sqlite-faults-"));
const writers = new Set<ChildProcess>();
afterAll(() => {
  for (const writer of writers) writer.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** Ids are numbers here: whoever knows how far the acknowledgements went knows all of them. */
const writerScript = `
  import { writeSync } from "node:fs";
  import { sqliteStore } from "@heed/store-sqlite";
  const [path] = process.argv.slice(1);
  writeSync(1, "ready\\n");
  process.stdin.once("data", async (line) => {
    const store = sqliteStore(path);
    await store.setup();
    for (let from = Number(line); ; from += ${batchSize}) {
      const events = Array.from({ length: ${batchSize} }, (_, at) => ({
        id: "01ARZ3NDEKTSV4RRFF" + String(from + at).padStart(8, "0"),
        requestId: "req-" + ((from + at) * 7919) % 10007,
        type: "explicit_text_comment",
        value: "what a user wrote ".repeat(20),
        userId: "user-" + (from + at) % 100,
        timestamp: new Date(1_700_000_000_000 + from + at),
      }));
      const outcomes = await store.appendFeedback(events);
      writeSync(1, from + " " + [...new Set(outcomes)].join(" ") + "\\n");
    }
  });`;

describe("a writer that is killed", () => {
  test(`${kills} times in the middle of batches: nothing acknowledged is lost, nothing is there twice`, async () => {
    const path = join(folder, "killed.db");
    let [acknowledged, storedUnanswered, lost, twice] = [0, 0, 0, 0];

    /** A process that has loaded everything, and waits to be told where to begin. */
    const prepare = async () => {
      const flags = ["--conditions=@heed/source", "--input-type=module", "--eval", writerScript, path];
      const child = spawn(process.execPath, flags, { stdio: ["pipe", "pipe", "inherit"] });
      writers.add(child);
      const lines = createInterface({ input: child.stdout });
      await once(lines, "line");
      return { child, lines };
    };

    let next = prepare();
    for (let kill = 1; kill <= kills; kill++) {
      const { child, lines } = await next;
      // While this one writes, another starts.
      if (kill < kills) next = prepare();
      const told: string[] = [];
      lines.on("line", (line) => told.push(line));
      child.stdin.write(`${acknowledged}\n`);
      await once(lines, "line");
      await sleep(randomInt(1, 200));
      child.kill("SIGKILL");
      await Promise.all([once(child, "exit"), once(lines, "close")]);
      writers.delete(child);

      for (const line of told) {
        const [from, ...outcomes] = line.split(" ");
        // A batch that was under way when its writer died is there as a whole, or not at all.
        expect([["stored"], ["duplicate"]]).toContainEqual(outcomes);
        if (outcomes[0] === "duplicate") storedUnanswered += batchSize;
        acknowledged = Number(from) + batchSize;
      }
      const database = new DatabaseSync(path);
      const { n, distinct, last } = database
        .prepare(
          `SELECT count(*) AS n, count(DISTINCT id) AS "distinct", max(id) AS last FROM feedback_events`,
        )
        .get() as { n: number; distinct: number; last: string };
      expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
      database.close();
      lost += Math.max(0, acknowledged - distinct);
      twice += n - distinct;
      // No number is left out, and of what was not acknowledged there is one batch at most.
      expect(Number(last.slice(-8)) + 1).toBe(distinct);
      expect([acknowledged, acknowledged + batchSize]).toContain(n);
    }
    console.log(
      `SQLite, ${kills} kills: ${acknowledged} events acknowledged, ${lost} of them lost, ${twice} stored twice, ` +
        `${storedUnanswered} stored but not acknowledged and sent again`,
    );
    expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
    expect(acknowledged).toBeGreaterThan(kills * batchSize);
  });
});

const canMount = process.platform === "linux" && process.getuid?.() === 0;
if (!canMount) console.log("SQLite on a full disk is not tested: only root on Linux can mount a small one");

const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: "inherit" });

describe.skipIf(!canMount)("a disk of 2 MB", () => {
  const disk = join(folder, "disk");
  const ballast = join(disk, "ballast");
  const path = join(disk, "heed.db");

  beforeEach(() => {
    mkdirSync(disk, { recursive: true });
    run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk);
    writeFileSync(ballast, Buffer.alloc(1_200_000));
  });
  afterEach(() => run("umount", "--lazy", disk));

  const freeBytes = (): number => {
    const { bavail, bsize } = statfsSync(disk);
    return bavail * bsize;
  };

  /** A store behind the HTTP handler, and what the handler answered. */
  const serve = async () => {
    const store = sqliteStore(path);
    await store.setup();
    const handler = createHandler({ store, allowAnonymous: true, onError: () => {} });
    const acknowledged = new Set<string>();
    const answers = new Map<number, number>();

    const post = async (): Promise<number> => {
      const events = Array.from({ length: 20 }, () => ({
        id: newId(),
        requestId: `req-${randomInt(100)}`,
        type: "explicit_text_comment",
        value: "what a user wrote ".repeat(10),
        userId: `user-${randomInt(5)}`,
      }));
      const request = new Request("http://localhost/v1/feedback", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ events }),
      });
      const response = await handler(request);
      answers.set(response.status, (answers.get(response.status) ?? 0) + 1);
      if (response.status === 503) expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
      else
        for (const { id, status } of ((await response.json()) as BatchAnswer).results) {
          expect(status).toBe("stored");
          acknowledged.add(id!);
        }
      return response.status;
    };

    const storedIds = async (): Promise<string[]> =>
      (await store.readFeedback({}, { limit: 100_000 })).items.map(({ id }) => id);

    /** Posts until nothing fits, and then some more. */
    const fill = async (): Promise<void> => {
      while ((await post()) === 200);
      for (let at = 0; at < 50; at++) await post();
    };

    return { store, handler, post, fill, storedIds, acknowledged, answers };
  };

  test("that is full is told of and outlived, and acknowledges nothing that is not stored", async () => {
    const { store, handler, post, fill, storedIds, acknowledged, answers } = await serve();
    await fill();
    const whenFull = acknowledged.size;
    const refused = answers.get(503)!;
    expect(await storedIds()).toEqual([...acknowledged].sort());
    // Whatever needs no space goes on.
    expect((await handler(new Request("http://localhost/v1/health"))).status).toBe(200);
    expect((await correlateFeedbackWithMetrics(store)).verdict).toBe("not_enough_data");
    await expect(
      recordEvaluation(store, { requestId: "req-1", prompt: "p".repeat(60_000) }),
    ).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringContaining("the disk is full"),
      cause: expect.any(Error),
    });

    rmSync(ballast);
    for (let at = 0; at < 20; at++) expect(await post()).toBe(200);
    expect(await storedIds()).toEqual([...acknowledged].sort());
    expect(new Set(answers.keys())).toEqual(new Set([200, 503]));
    await store.close();

    const database = new DatabaseSync(path);
    expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
    expect(database.prepare("SELECT count(*) AS n FROM feedback_events").get()).toEqual({
      n: acknowledged.size,
    });
    database.close();
    console.log(
      `SQLite on a full disk: ${whenFull} events acknowledged and ${refused} requests answered 503; ` +
        `with space again ${acknowledged.size} acknowledged, ${acknowledged.size} stored`,
    );
  });

  const refused = (message: RegExp) => ({
    code: "STORE_FAILED",
    message: expect.stringMatching(message),
    cause: expect.any(Error),
  });

  test("that is full lets no erasure pass for done, and none be half done", async () => {
    const { store, fill, storedIds, acknowledged } = await serve();
    await fill();
    writeFileSync(join(disk, "rest"), Buffer.alloc(freeBytes()));
    await expect(eraseUser(store, "user-1")).rejects.toMatchObject(refused(/the disk is full/));
    expect(await storedIds()).toEqual([...acknowledged].sort());
    expect(await store.readErasedUsers()).toEqual([]);

    rmSync(ballast);
    const { feedbackRemoved } = await eraseUser(store, "user-1");
    expect(feedbackRemoved).toBeGreaterThan(0);
    expect(await storedIds()).toHaveLength(acknowledged.size - feedbackRemoved);
    await store.close();
    expect(readFileSync(path).includes("user-1")).toBe(false);
  });

  test("with space for events to go, and none for the file to be written anew, is told of as such", async () => {
    const { store, post, storedIds, acknowledged } = await serve();
    const rare = {
      id: newId(),
      requestId: "req-1",
      userId: "rare",
      type: "explicit_thumbs_up",
      value: true,
    } as const;
    await recordFeedback(store, rare);
    for (let at = 0; at < 20; at++) await post();
    // The request index is up to date after it.
    await store.removeFeedback({ userId: "nobody" });
    writeFileSync(join(disk, "rest"), Buffer.alloc(freeBytes() - 80_000));
    const unfinished = refused(/removed .* refuses later ones.* the disk is full.* again/);
    await expect(eraseUser(store, "rare")).rejects.toMatchObject(unfinished);
    expect(await storedIds()).toEqual([...acknowledged].sort());
    expect(await recordFeedback(store, rare)).toMatchObject({ status: "rejected", code: "USER_ERASED" });

    rmSync(ballast);
    expect(await eraseUser(store, "rare")).toMatchObject({ feedbackRemoved: 0 });
    expect(await storedIds()).toEqual([...acknowledged].sort());
    await store.close();
    expect(readFileSync(path).includes("rare")).toBe(false);
  });

  test("that is too full for a backup keeps none, and the older one", async () => {
    const store = sqliteStore(join(folder, "elsewhere.db"));
    await store.setup();
    await store.backup(join(disk, "copy.db"));
    for (let at = 0; at < 20; at++)
      await recordEvaluation(store, { requestId: `req-${at}`, prompt: "p".repeat(60_000) });
    await expect(store.backup(join(disk, "copy.db"))).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringContaining("the disk is full"),
    });
    expect(readdirSync(disk).sort()).toEqual(["ballast", "copy.db"]);
    const copy = sqliteStore(join(disk, "copy.db"));
    expect((await copy.readEvaluations({}, { limit: 10 })).items).toEqual([]);
    await Promise.all([store.close(), copy.close()]);
  });
});

test("a folder that cannot be written is told of, by reads and writes", async () => {
  const place = join(folder, "read-only");
  mkdirSync(place);
  if (canMount) run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place);
  try {
    const before = sqliteStore(join(place, "heed.db"));
    await before.setup();
    await before.close();
    if (canMount) run("mount", "-o", "remount,ro", place);
    else chmodSync(place, 0o555);

    const failed = {
      code: "STORE_FAILED",
      message: expect.stringContaining("the folder of the file cannot be written"),
      cause: expect.any(Error),
    };
    const store = sqliteStore(join(place, "heed.db"));
    await expect(store.readFeedback({}, { limit: 1 })).rejects.toMatchObject(failed);
    await expect(recordEvaluation(store, { requestId: "req-1" })).rejects.toMatchObject(failed);
    await expect(sqliteStore(join(place, "new.db")).setup()).rejects.toMatchObject(failed);
    await store.close();
  } finally {
    if (canMount) run("umount", "--lazy", place);
    else chmodSync(place, 0o755);
  }
});
