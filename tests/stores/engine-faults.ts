/** What an engine that dies under load must not do to what was acknowledged: the same tests for every engine. */
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { isHeedError, type Store } from "@heed/core";
import { type BatchAnswer, type FeedbackEvent, newId } from "@heed/schema";
import { createHandler } from "@heed/server";
import { listen } from "@heed/server/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** An engine that can die and come back with its files, and a store on it that is set up. */
export interface MortalEngine {
  readonly store: Store;
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Stops it for good, and the client too. */
  stop(): Promise<void>;
}

const kills = 10;
const writers = 4;
const batchSize = 20;
const outageMs = 10_000;
const drainLimitMs = 30_000;

/** Tests an engine that it starts for itself. */
export const testEngineFaults = (name: string, startEngine: () => Promise<MortalEngine>): void => {
  describe(`${name} that dies`, { timeout: 240_000 }, () => {
    let engine: MortalEngine;
    beforeAll(async () => {
      engine = await startEngine();
    }, 60_000);
    afterAll(() => engine?.stop());

    test(`killed ${kills} times in the middle of batches: nothing acknowledged is lost or there twice`, async () => {
      const { store } = engine;
      const acknowledged = new Set<string>();
      let unanswered = 0;
      let storedUnanswered = 0;

      for (let round = 0; round < kills; round++) {
        const open: FeedbackEvent[][] = [];
        let alive = true;
        const write = async (): Promise<void> => {
          while (alive) {
            const batch = makeBatch();
            try {
              for (const outcome of await store.appendFeedback(batch)) expect(outcome).toBe("stored");
              for (const { id } of batch) acknowledged.add(id);
            } catch (error) {
              if (!isHeedError(error, "STORE_FAILED")) throw error;
              open.push(batch);
              return;
            }
          }
        };
        const writing = Array.from({ length: writers }, write);
        await sleep(randomInt(100, 500));
        await engine.kill();
        alive = false;
        await Promise.all(writing);
        await engine.restart();
        for (const batch of open) {
          unanswered += batch.length;
          const outcomes = await untilAnswered(() => store.appendFeedback(batch));
          storedUnanswered += outcomes.filter((outcome) => outcome === "duplicate").length;
          for (const outcome of outcomes) expect(["stored", "duplicate"]).toContain(outcome);
          for (const { id } of batch) acknowledged.add(id);
        }
      }

      const { lost, twice, count } = await compare(store, acknowledged);
      console.log(
        `${name}: killed ${kills} times; ${acknowledged.size} events acknowledged, ${lost} lost, ${twice} duplicated; ` +
          `${unanswered} were sent again, of which ${storedUnanswered} had been stored without an answer`,
      );
      expect([lost, twice, count]).toEqual([0, 0, acknowledged.size]);
      expect(unanswered).toBeGreaterThan(0);
    });

    test(`gone for ${outageMs / 1000} s under load: 503 with Retry-After, no false answer, and all is stored soon after`, async () => {
      const { store } = engine;
      const server = await listen(createHandler({ store, allowAnonymous: true, onError: () => {} }));
      const acknowledged = new Set<string>();
      const statuses = new Map<number, number>();
      let isLoading = true;

      /** Sends batch after batch, each until it is answered for. */
      const send = async (): Promise<void> => {
        while (isLoading) {
          const body = JSON.stringify({ events: makeBatch() });
          for (;;) {
            const response = await fetch(`${server.url}/v1/feedback`, { method: "POST", body });
            statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
            if (response.status === 200) {
              const { results } = (await response.json()) as BatchAnswer;
              for (const { id, status } of results) {
                expect(["stored", "duplicate"]).toContain(status);
                acknowledged.add(id!);
              }
              break;
            }
            await response.text();
            await sleep(1_000 * Number(response.headers.get("retry-after")));
          }
        }
      };
      const before = (await readIds(store)).length;
      const sending = Array.from({ length: writers }, send);
      await sleep(1_000);
      await engine.kill();
      await sleep(outageMs);
      await engine.restart();
      const backAt = performance.now();
      isLoading = false;
      await Promise.all(sending);
      const drainedMs = performance.now() - backAt;
      await server.close();

      const stored = (await readIds(store)).length - before;
      const refused = statuses.get(503) ?? 0;
      console.log(
        `${name}: gone for ${outageMs / 1000} s; ${acknowledged.size} events acknowledged, ${stored} stored; ` +
          `${refused} answers were 503; all was stored ${Math.round(drainedMs)} ms after its return`,
      );
      expect([...statuses.keys()].sort()).toEqual([200, 503]);
      expect(await compare(store, acknowledged)).toMatchObject({ lost: 0, twice: 0 });
      expect(stored).toBe(acknowledged.size);
      expect(drainedMs).toBeLessThan(drainLimitMs);
    });
  });
};

const makeBatch = (): FeedbackEvent[] =>
  Array.from({ length: batchSize }, () => {
    const id = newId();
    return {
      id,
      requestId: `req-${randomInt(1_000)}`,
      type: "explicit_text_comment",
      value: "…".repeat(100),
      timestamp: new Date(),
    };
  });

/** Tries again while the engine is not quite back. */
const untilAnswered = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
  for (let attempt = 0; ; attempt++)
    try {
      return await work();
    } catch (error) {
      if (!isHeedError(error, "STORE_FAILED") || attempt === 100) throw error;
      await sleep(100);
    }
};

const readIds = async (store: Store): Promise<string[]> => {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await untilAnswered(() => store.readFeedback({}, { after, limit: 5_000 }));
    ids.push(...page.items.map(({ id }) => id));
    after = page.next;
  } while (after !== undefined);
  return ids;
};

const compare = async (store: Store, acknowledged: ReadonlySet<string>) => {
  const ids = await readIds(store);
  const present = new Set(ids);
  return {
    lost: [...acknowledged].filter((id) => !present.has(id)).length,
    twice: ids.length - present.size,
    count: ids.length,
  };
};
