import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type BatchAnswer, newId } from "@heed/schema";
import { afterAll, expect, it } from "vitest";
import { startCli } from "./support/start-cli.ts";

const kills = 20;
const clients = 32;

const folder = mkdtempSync(join(tmpdir(), "heed-kill-"));
const file = join(folder, "feedback.db");
let server: ChildProcess | undefined;

afterAll(() => {
  server?.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

it(`loses no acknowledged event and stores none twice when it is killed ${kills} times under load`, async () => {
  const acknowledged = new Set<string>();
  const sent = new Set<string>();
  // What a killed server never answered: the next one is sent it again, as the widget would.
  const unanswered: string[] = [];

  const post = async (url: string, ids: readonly string[]): Promise<boolean> => {
    const events = ids.map((id) => ({ id, type: "explicit_thumbs_up", value: true, requestId: `req-${id}` }));
    try {
      const response = await fetch(`${url}/v1/feedback`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ events }),
      });
      const { results } = (await response.json()) as BatchAnswer;
      for (const { id, status } of results) {
        expect(["stored", "duplicate"]).toContain(status);
        acknowledged.add(id!);
      }
      return true;
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
      unanswered.push(...ids);
      return false;
    }
  };

  const keepPosting = async (url: string): Promise<void> => {
    let alive = true;
    while (alive) {
      const ids =
        unanswered.length > 0
          ? unanswered.splice(0, 10)
          : Array.from({ length: 1 + (sent.size % 5) }, () => newId());
      for (const id of ids) sent.add(id);
      alive = await post(url, ids);
    }
  };

  for (let kill = 1; kill <= kills; kill++) {
    const started = await startCli("serve", "--store", file, "--port", "0", "--allow-anonymous");
    server = started.process;
    const posting = Array.from({ length: clients }, () => keepPosting(started.url));
    await new Promise((resolve) => setTimeout(resolve, 200 + ((kill * 37) % 300)));
    server.kill("SIGKILL");
    await Promise.all([...posting, once(server, "exit")]);
  }

  const database = new DatabaseSync(file);
  const stored = database
    .prepare("SELECT id FROM feedback_events")
    .all()
    .map(({ id }) => id as string);
  expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
  database.close();

  const distinct = new Set(stored);
  const lost = [...acknowledged].filter((id) => !distinct.has(id));
  console.log(
    `${kills} kills: ${sent.size} events sent, ${acknowledged.size} acknowledged, ${lost.length} of them lost, ` +
      `${stored.length - distinct.size} stored twice, ${distinct.size - acknowledged.size} stored but not acknowledged`,
  );
  expect(acknowledged.size).toBeGreaterThan(kills * clients);
  expect(lost).toEqual([]);
  expect(stored).toHaveLength(distinct.size);
  expect([...distinct].every((id) => sent.has(id))).toBe(true);
});
