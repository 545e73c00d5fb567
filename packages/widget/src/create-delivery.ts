import { contain } from "./contain.ts";
import type { Outcome, RecordedFeedback } from "./feedback-event.ts";
import type { DropProblem, DropReason, FeedbackProblem } from "./feedback-problem.ts";
import type { Transport } from "./ky-transport.ts";
import type { Outbox, OutboxEvent } from "./memory-outbox.ts";
import { readAnswer, type Verdict } from "./read-answer.ts";
import { backoffMs } from "./retry-delay.ts";
import { bodyOf, byteLength, takeBatch } from "./take-batch.ts";

const maxBatchEvents = 25;
const maxBatchBytes = 48 * 1024;

/** Browsers allow 64 KiB of `keepalive` bodies in flight, shared with everything else on the page. */
const maxKeepaliveBytes = 60 * 1024;

/** As many implicit events as this are sent without waiting for more. */
const enoughEvents = 10;

/** What the delivery needs; `FeedbackOptions` says what each is. */
export interface DeliveryOptions {
  readonly endpoint: string;
  readonly headers: () => Readonly<Record<string, string>>;
  readonly transport: Transport;
  readonly outbox: Outbox;
  readonly onError: ((problem: FeedbackProblem) => unknown) | undefined;
  readonly onDrop: ((reason: DropReason, count: number) => unknown) | undefined;
  readonly flushDelayMs: number;
  readonly timeoutMs: number;
  readonly now: () => number;
  readonly random: () => number;
  readonly schedule: (task: () => void, delayMs: number) => () => void;
}

interface Delivery {
  /** Takes an event into the outbox, and says in the end what became of it. */
  add(event: RecordedFeedback): Promise<Outcome>;
  /** Sends what waits, back-off or not; but not sooner than the server asked, nor after it said no. */
  wake(): Promise<void>;
  /** The same, even after the server said no. */
  flush(): Promise<void>;
  /** Sends what waits in requests that outlive the page. */
  leave(): Promise<void>;
  /** Leaves, and then gives up what is still there. */
  close(): Promise<void>;
}

/**
 * Carries events from the outbox to the server. One batch is on its way at a time, oldest events first; an
 * event leaves the outbox only when the server has answered for it.
 */
export const createDelivery = (options: DeliveryOptions): Delivery => {
  const { outbox, onError, onDrop, now, schedule } = options;
  const waiters = new Map<string, (outcome: Outcome) => void>();
  /** What is on its way in a request that outlives the page. */
  const leaving = new Set<string>();
  let batchEvents = maxBatchEvents;
  /** Attempts in a row without an answer; while there are any, only the timer tries again. */
  let failures = 0;
  let holdUntilMs = 0;
  let paused = false;
  let closed = false;
  let draining: Promise<void> | undefined;
  let cancelTimer: (() => void) | undefined;

  const settle = (id: string, outcome: Outcome): boolean => {
    const waiter = waiters.get(id);
    waiters.delete(id);
    waiter?.(outcome);
    return outbox.remove(id) || waiter !== undefined;
  };

  const drop = (events: readonly { readonly id: string }[], problem: DropProblem): void => {
    const count = events.filter(({ id }) => settle(id, "dropped")).length;
    if (count === 0) return;
    contain(onDrop, problem.code, count);
    contain(onError, problem);
  };

  const post = async (batch: readonly OutboxEvent[], keepalive: boolean): Promise<Verdict> => {
    try {
      const response = await options.transport.send({
        endpoint: options.endpoint,
        body: bodyOf(batch),
        headers: options.headers(),
        keepalive,
        signal: AbortSignal.timeout(options.timeoutMs),
      });
      return await readAnswer(response, batch, now());
    } catch (cause) {
      return { kind: "retry", problem: { code: "network", cause }, waitMs: 0 };
    }
  };

  /** Sends one batch, and says whether another may follow. */
  const send = async (batch: readonly OutboxEvent[], keepalive: boolean): Promise<boolean> => {
    const verdict = await post(batch, keepalive);
    if (verdict.kind !== "retry") failures = 0;
    switch (verdict.kind) {
      case "answered":
        batchEvents = Math.min(maxBatchEvents, batchEvents * 2);
        verdict.results.forEach((result, index) => {
          const event = batch[index] as OutboxEvent;
          if (result.status === "stored" || result.status === "duplicate") settle(event.id, "stored");
          else drop([event], { code: "rejected", answer: "code" in result ? result : undefined });
        });
        return true;
      case "halve":
        if (batch.length > 1) batchEvents = Math.floor(batch.length / 2);
        else drop(batch, verdict.problem);
        return true;
      case "drop":
        drop(batch, verdict.problem);
        return true;
      case "pause":
        paused = true;
        break;
      case "retry":
        holdUntilMs = now() + verdict.waitMs;
        drainIn(Math.max(verdict.waitMs, backoffMs(failures++, options.random())));
    }
    contain(onError, verdict.problem);
    return false;
  };

  const sendAway = async (batch: readonly OutboxEvent[], keepalive: boolean): Promise<boolean> => {
    for (const { id } of batch) leaving.add(id);
    const more = await send(batch, keepalive);
    for (const { id } of batch) leaving.delete(id);
    return more;
  };

  const nextBatch = (): readonly OutboxEvent[] => {
    const staying = outbox.waiting().filter(({ id }) => !leaving.has(id));
    return takeBatch(staying, batchEvents, maxBatchBytes);
  };

  const drain = (): Promise<void> => {
    draining ??= (async () => {
      await undefined; // so that the votes of one moment travel together
      rest();
      let more = true;
      while (more && !paused && !closed) {
        const batch = nextBatch();
        more = batch.length > 0 && (await send(batch, false));
      }
      draining = undefined;
    })();
    return draining;
  };

  const rest = (): void => {
    cancelTimer?.();
    cancelTimer = undefined;
  };

  /** Drains after a while; an earlier timer is called off. */
  const drainIn = (delayMs: number): void => {
    rest();
    if (closed) return;
    cancelTimer = schedule(() => {
      rest();
      drain();
    }, delayMs);
  };

  const wake = async (): Promise<void> => {
    if (now() >= holdUntilMs) await drain();
  };

  const leave = async (): Promise<void> => {
    const attempts: Promise<boolean>[] = [];
    let room = maxKeepaliveBytes;
    while (!paused) {
      const batch = nextBatch();
      if (batch.length === 0) break;
      const bytes = byteLength(bodyOf(batch));
      const keepalive = bytes <= room;
      if (keepalive) room -= bytes;
      attempts.push(sendAway(batch, keepalive));
    }
    // The page may live on, with events that came in the meantime or were too many for one request.
    if ((await Promise.all(attempts)).every(Boolean)) await drain();
  };

  return {
    add: (event) =>
      new Promise((resolve) => {
        waiters.set(event.id, resolve);
        if (closed) return drop([event], { code: "closed" });
        try {
          const explicit = event.type.startsWith("explicit");
          drop(outbox.add({ id: event.id, explicit, json: JSON.stringify(event) }), { code: "overflow" });
          if (failures > 0) return;
          if (explicit || outbox.waiting().length >= enoughEvents) drain();
          else if (!cancelTimer) drainIn(options.flushDelayMs);
        } catch (cause) {
          // A host without types can hand in anything.
          drop([event], { code: "rejected", cause });
        }
      }),
    wake,
    flush() {
      paused = false;
      return wake();
    },
    leave,
    async close() {
      closed = true;
      rest();
      await leave();
      drop(outbox.waiting(), { code: "closed" });
    },
  };
};
