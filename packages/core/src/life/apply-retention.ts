import { setImmediate } from "node:timers/promises";
import { dayMs } from "../analyze/collect-days.ts";
import { requireDate, requireTexts } from "../check-options.ts";
import { HeedError } from "../errors.ts";
import type { Store } from "../store.ts";
import { countOldRequests } from "./count-old-requests.ts";
import { type DailyAggregate, dailyAggregates } from "./daily-aggregates.ts";
import { type OldBatch, oldBatches } from "./old-batches.ts";

export interface RetentionOptions {
  /** How many whole days a request is kept after the day on which it happened, UTC: from 0 to 100,000. */
  readonly olderThanDays: number;
  /** What to keep of requests that go: without it, nothing. */
  readonly keepAggregates?: KeepAggregates | undefined;
  /**
   * Whether to count what would go, and to touch nothing.
   * @default false
   */
  readonly dryRun?: boolean;
  /** Is told what is gone so far, after each batch. */
  readonly onProgress?: ((removed: RetentionCounts) => void) | undefined;
  /** Stops between two batches: what was removed stays so, and a later call goes on. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Tells the time, once.
   * @default () => new Date()
   */
  readonly now?: () => Date;
}

export interface KeepAggregates {
  /**
   * Keeps the rows, wherever the host wants them; nothing is removed before it resolves, and nothing at all when it
   * rejects. It is called once, and not at all without rows.
   *
   * A row comes again, with smaller counts, when a run was cut short or records of its day arrived late: keep, for each
   * day and labels, the row with the larger `logged`.
   */
  readonly save: (days: readonly DailyAggregate[]) => Promise<void>;
  /**
   * The labels to tell apart: `model`, `promptVersion`, or metadata keys.
   * @default []
   */
  readonly by?: readonly string[];
  /**
   * The automatic score to sum up.
   * @default "overall"
   */
  readonly score?: string;
}

/** What was removed; of a dry run, what would be. */
export interface RetentionCounts {
  /** Requests, those among them that were never logged. */
  readonly requestsRemoved: number;
  readonly evaluationsRemoved: number;
  readonly feedbackRemoved: number;
}

export interface RetentionReceipt extends RetentionCounts {
  /** Requests before this moment are gone: the first of a day, UTC. */
  readonly limit: Date;
  /** Rows that `save` was given. */
  readonly aggregatesKept: number;
}

/**
 * Removes the requests that happened before a limit, whole: with all their records and events, whenever these came, so
 * that no half of a request is left behind. A younger request stays as it is. A request that was never logged happened
 * before its first event. Changes stay: they are few, and of the product.
 *
 * Days are whole too, so that sums of a day are of all of it. Memory holds one batch, and one row a day and label.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`; what `save` rejects with; the signal's reason
 *
 * @example
 * await applyRetention(store, { olderThanDays: 90, keepAggregates: { by: ["model"], save: (days) => archive(days) } });
 */
export const applyRetention = async (store: Store, options: RetentionOptions): Promise<RetentionReceipt> => {
  const { keepAggregates, dryRun = false, onProgress, signal } = options;
  const limit = limitOf(options);
  signal?.throwIfAborted();
  const rows = keepAggregates && !dryRun ? await keep(store, keepAggregates, limit) : 0;

  let counts: RetentionCounts = { requestsRemoved: 0, evaluationsRemoved: 0, feedbackRemoved: 0 };
  const take = dryRun ? countOldRequests(store, limit) : removeRequests(store);
  for await (const batch of oldBatches(store, limit)) {
    signal?.throwIfAborted();
    const taken = await take(batch);
    counts = {
      requestsRemoved: counts.requestsRemoved + taken.requestsRemoved,
      evaluationsRemoved: counts.evaluationsRemoved + taken.evaluationsRemoved,
      feedbackRemoved: counts.feedbackRemoved + taken.feedbackRemoved,
    };
    onProgress?.(counts);
    // Stores in this process would let nobody else have a turn.
    await setImmediate();
  }
  return { ...counts, limit, aggregatesKept: rows };
};

const limitOf = ({ olderThanDays, now = () => new Date() }: RetentionOptions): Date => {
  if (!(Number.isInteger(olderThanDays) && olderThanDays >= 0 && olderThanDays <= 100_000))
    throw new HeedError("INVALID_QUERY", "olderThanDays is not a whole number from 0 to 100,000");
  const time = now();
  requireDate("now", time);
  return new Date((Math.floor(time.getTime() / dayMs) - olderThanDays) * dayMs);
};

const keep = async (
  store: Store,
  { save, by = [], score = "overall" }: KeepAggregates,
  until: Date,
): Promise<number> => {
  requireTexts("by", by);
  const days = await dailyAggregates(store, { by, score, until });
  if (days.length > 0) await save(days);
  return days.length;
};

const removeRequests =
  (store: Store) =>
  async ({ requestIds }: OldBatch): Promise<RetentionCounts> => {
    // Events first: cut short after the records, young votes on an old request would stay without it.
    const feedbackRemoved = await store.removeFeedback({ requestId: requestIds });
    const evaluationsRemoved = await store.removeEvaluations({ requestId: requestIds });
    return { requestsRemoved: requestIds.length, evaluationsRemoved, feedbackRemoved };
  };
