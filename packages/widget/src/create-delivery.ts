import { contain } from "./contain.ts";
import { exclusively } from "./exclusively.ts";
import { isExplicit, type Outcome, type RecordedFeedback } from "./feedback-event.ts";
import type { DropProblem, DropReason, FeedbackProblem } from "./feedback-problem.ts";
import type { Outbox, OutboxEvent } from "./outbox.ts";
import { readAnswer, type Verdict } from "./read-answer.ts";
import { backoffMs } from "./retry-delay.ts";
import { bodyOf, byteLength, takeBatch } from "./take-batch.ts";
import { tooMany } from "./too-many.ts";
import type { Transport } from "./transport.ts";

const maxBatchEvents = 25;
const maxBatchBytes = 48 * 1024;

/** Browsers allow 64 KiB of `keepalive` bodies in flight, shared with everything else on the page. */
const maxKeepaliveBytes = 60 * 1024;

/** As many implicit events as this are sent without waiting for more. */
const enoughEvents = 10;

const maxAgeMs = 7 * 24 * 60 * 60_000;

/** How soon a tab asks again for a lease that another one has. */
const leaseRetryMs = 1000;

/** What the delivery needs; `FeedbackOptions` says what each is. */
export interface DeliveryOptions {
  readonly endpoint: string;
  readonly headers: () => Readonly<Record<string, string>>;
  readonly transport: Transport;
  readonly outbox: Outbox;
  /** Different for each client. */
  readonly owner: string;
  /** Whether this client may send what that user did in another tab or on an earlier visit. */
  readonly speaksFor: (userId: string) => boolean;
  /** Whether an event may be recorded at all. */
  readonly permits: (event: RecordedFeedback) => boolean;
  /** Whether nothing is sent or written to disk before `hold(false)`. */
  readonly held: boolean;
  readonly onError: ((problem: FeedbackProblem) => unknown) | undefined;
  readonly onDrop: ((reason: DropReason, count: number) => unknown) | undefined;
  readonly flushDelayMs: number;
  readonly timeoutMs: number;
  readonly now: () => number;
  readonly random: () => number;
  readonly schedule: (task: () => void, delayMs: number) => () => void;
}

/** An event of this page, and who waits to hear what becomes of it. */
interface OwnEvent extends OutboxEvent {
  readonly settle: (outcome: Outcome) => void;
  onDisk?: boolean;
}

interface Delivery {
  /** Takes an event into the outbox, and says in the end what became of it. */
  add(event: RecordedFeedback): Promise<Outcome>;
  /** Holds back from now on what is not written or sent yet, or no more. */
  hold(held: boolean): void;
  /** Gives up everything that waits, on disk too. */
  purge(): Promise<void>;
  /** Sends what waits, back-off or not; but not sooner than the server asked, nor after it said no. */
  wake(): Promise<void>;
  /** The same, even after the server said no. */
  flush(): Promise<void>;
  /** Sends what waits in requests that outlive the page. */
  leave(): Promise<void>;
  /** Leaves, and gives up what is still there and on no disk. */
  close(): Promise<void>;
}

/**
 * Carries events to the server. Each is written to the outbox before it is sent, and leaves it only when the server has
 * answered for it. One tab at a time sends for all, one batch at a time, oldest events first.
 */
export const createDelivery = (options: DeliveryOptions): Delivery => {
  const { outbox, onError, onDrop, now, schedule } = options;
  /** What this page recorded and nobody answered for yet: there even where the disk is not. */
  const own = new Map<string, OwnEvent>();
  /** What is on its way in a request that outlives the page. */
  const leaving = new Set<string>();
  const unwritten: OwnEvent[] = [];
  let written: Promise<unknown> = Promise.resolve();
  let batchEvents = maxBatchEvents;
  /** Attempts in a row without an answer; while there are any, only the timer tries again. */
  let failures = 0;
  let holdUntilMs = 0;
  let { held } = options;
  let paused = false;
  let closed = false;
  let wanted = false;
  let draining: Promise<void> | undefined;
  let cancelTimer: (() => void) | undefined;

  /** Ends the way of events. Those of this page that have ended already do not count again. */
  const finish = (events: readonly OutboxEvent[], outcome: Outcome): number => {
    const ended = events.filter((event) => {
      if (!("settle" in event)) return true;
      (event as OwnEvent).settle(outcome);
      return own.delete(event.id);
    });
    return ended.length;
  };

  const drop = (events: readonly OutboxEvent[], problem: DropProblem): void => {
    const count = finish(events, "dropped");
    if (count === 0) return;
    contain(onDrop, problem.code, count);
    contain(onError, problem);
  };

  const write = (event: OwnEvent): void => {
    if (unwritten.push(event) > 1) return;
    written = written.then(async () => {
      const events = unwritten.splice(0);
      const onDisk = await outbox.put(events.map(({ settle, ...event }) => event));
      for (const event of events) event.onDisk = onDisk;
    });
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
    if (verdict.kind === "retry") {
      holdUntilMs = now() + verdict.waitMs;
      drainIn(Math.max(verdict.waitMs, backoffMs(failures++, options.random())));
    } else {
      failures = 0;
      if (verdict.kind === "pause") paused = true;
      else if (verdict.kind === "refused" && verdict.dividable && batch.length > 1)
        batchEvents = Math.floor(batch.length / 2);
      else {
        if (verdict.kind === "refused") drop(batch, verdict.problem);
        else {
          batchEvents = Math.min(maxBatchEvents, batchEvents * 2);
          verdict.results.forEach((result, index) => {
            const events = batch.slice(index, index + 1);
            if (result.status === "stored" || result.status === "duplicate") finish(events, "stored");
            else drop(events, { code: "rejected", answer: "code" in result ? result : undefined });
          });
        }
        await outbox.remove(batch.map(({ id }) => id));
      }
      if (verdict.kind !== "pause") return true;
    }
    contain(onError, verdict.problem);
    return false;
  };

  /** What waits in all tabs, less what is too old or too much. */
  const waiting = async (): Promise<readonly OutboxEvent[]> => {
    await written;
    const all = [
      ...new Map([...(await outbox.all()), ...own.values()].map((event) => [event.id, event])).values(),
    ]
      .filter(({ id }) => !leaving.has(id))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const expired = all.filter(({ atMs }) => atMs < now() - maxAgeMs);
    const overflow = tooMany(all.filter((event) => !expired.includes(event)));
    drop(expired, { code: "expired" });
    drop(overflow, { code: "overflow" });
    const gone = new Set([...expired, ...overflow]);
    if (gone.size > 0) await outbox.remove([...gone].map(({ id }) => id));
    return all.filter((event) => !gone.has(event) && options.speaksFor(event.userId));
  };

  /** Sends the next batch, if this tab may, and says whether another may follow. */
  const sendNext = async (): Promise<boolean> => {
    const more = await exclusively(
      {
        name: `heed ${options.endpoint}`,
        outbox,
        owner: options.owner,
        leaseMs: 2 * options.timeoutMs,
        now,
      },
      async () => {
        const batch = takeBatch(await waiting(), batchEvents, maxBatchBytes);
        return batch.length > 0 && !closed && !paused && (await send(batch, false));
      },
    );
    if (more === undefined) drainIn(leaseRetryMs);
    return more === true;
  };

  const drain = (): Promise<void> => {
    wanted = true;
    draining ??= (async () => {
      await undefined; // so that the votes of one moment travel together
      rest();
      while (wanted && !paused && !closed && !held) {
        wanted = false;
        // More may be wanted in the meantime; but after a failure only the timer tries again, which may have called by now.
        if (await sendNext()) wanted = true;
        else if (failures > 0 && cancelTimer) break;
      }
    })().finally(() => {
      draining = undefined;
    });
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
    const attempts: Promise<unknown>[] = [];
    let room = maxKeepaliveBytes;
    while (!paused && !held) {
      const staying = [...own.values()].filter(({ id }) => !leaving.has(id));
      const batch = takeBatch(staying, batchEvents, Math.min(room, maxBatchBytes));
      room -= byteLength(bodyOf(batch));
      // What does not fit stays for the next visit.
      if (batch.length === 0 || room < 0) break;
      for (const { id } of batch) leaving.add(id);
      const attempt = send(batch, true);
      attempts.push(attempt);
      attempt.then(() => {
        for (const { id } of batch) leaving.delete(id);
      });
    }
    // The page may live on, with events that were too many. Asking for more at once would cost it its place in the
    // back/forward cache.
    if (own.size > 0 && !cancelTimer) drainIn(options.flushDelayMs);
    await Promise.all(attempts);
  };

  drain();

  return {
    add: (event) =>
      new Promise((settle) => {
        const { id, userId } = event;
        const mine = { id, userId, explicit: false, atMs: now(), json: "", bytes: 0, settle };
        own.set(id, mine);
        try {
          mine.explicit = isExplicit(event);
          mine.json = JSON.stringify(event);
          mine.bytes = byteLength(mine.json);
        } catch (cause) {
          // A host without types can hand in anything.
          return drop([mine], { code: "rejected", cause });
        }
        if (!options.permits(event)) return drop([mine], { code: "consent" });
        if (closed) return drop([mine], { code: "closed" });
        drop(tooMany([...own.values()]), { code: "overflow" });
        if (held) return;
        write(mine);
        if (failures > 0) return;
        if (mine.explicit || own.size >= enoughEvents) drain();
        else if (!cancelTimer) drainIn(options.flushDelayMs);
      }),
    hold(hold) {
      held = hold;
      if (held) return;
      for (const event of own.values()) if (event.onDisk === undefined) write(event);
      drain();
    },
    async purge() {
      rest();
      const mine = new Set(own.keys());
      drop([...own.values()], { code: "consent" });
      await written;
      const kept = await outbox.all();
      drop(
        kept.filter(({ id }) => !mine.has(id)),
        { code: "consent" },
      );
      await outbox.remove(kept.map(({ id }) => id));
    },
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
      await written;
      drop(
        [...own.values()].filter(({ onDisk }) => !onDisk),
        { code: "closed" },
      );
    },
  };
};
