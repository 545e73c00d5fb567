import { requirePeriod, requireSeed } from "../check-options.ts";
import { HeedError } from "../errors.ts";
import { scanRequests } from "../requests/scan-requests.ts";
import type { Store } from "../store.ts";
import { seededHash } from "./seeded-hash.ts";

export interface DrawAuditOptions {
  /** How many requests to draw, at least 1; all of them where there are fewer. */
  readonly n: number;
  /**
   * Any whole number: another seed draws another sample.
   * @default 1
   */
  readonly seed?: number | undefined;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
}

/** Requests to have audited, or why there are none. */
export type AuditSample =
  | {
      readonly verdict: "drawn";
      readonly seed: number;
      /** In the order of the ids. */
      readonly requestIds: readonly string[];
      /** Logged requests that they were drawn from. */
      readonly population: number;
      /** The chance that each of them had to be drawn, above 0 and up to 1. */
      readonly inclusionProbability: number;
    }
  | {
      /** Nothing was logged in the period. */
      readonly verdict: "not_enough_data";
      readonly seed: number;
      readonly needed: number;
      readonly have: number;
    };

/**
 * Draws a simple random sample of the logged requests, voted on or not, to have somebody judge them: what
 * `estimateSatisfaction` needs to say what the silent think. Record each judgement as the automatic score `audit`.
 *
 * The same seed draws the same requests of the same set, whatever the order in which they were recorded and whoever
 * asks; a larger `n` keeps those of a smaller one and adds to them. Requests that have been audited already are drawn
 * like all others, as a sample that avoided them would not be random: judge only those that have no audit yet.
 * Memory grows with `n`, not with the requests.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`
 *
 * @example
 * const sample = await drawAuditSample(store, { n: 150 });
 * if (sample.verdict === "drawn") for (const requestId of sample.requestIds) console.log(requestId);
 */
export const drawAuditSample = async (
  store: Store,
  { n, seed = 1, since, until }: DrawAuditOptions,
): Promise<AuditSample> => {
  requirePeriod({ since, until });
  if (!(Number.isSafeInteger(n) && n > 0))
    throw new HeedError("INVALID_QUERY", "n is not a whole number from 1");
  requireSeed(seed);

  let drawn: Draw[] = [];
  let beyond: Draw | undefined;
  let population = 0;
  for await (const { requestIds, timestampMs } of scanRequests(store, { since, until })) {
    for (const [at, requestId] of requestIds.entries()) {
      if (Number.isNaN(timestampMs[at])) continue;
      population++;
      const draw = { requestId, lot: seededHash(requestId, seed) };
      if (beyond && byLot(draw, beyond) > 0) continue;
      drawn.push(draw);
      // Sorted now and then rather than always: a request costs little, and no more than 2 n are held.
      if (drawn.length < 2 * n) continue;
      drawn = drawn.sort(byLot).slice(0, n);
      beyond = drawn.at(-1);
    }
  }
  if (population === 0) return { verdict: "not_enough_data", seed, needed: 1, have: 0 };
  const requestIds = drawn
    .sort(byLot)
    .slice(0, n)
    .map(({ requestId }) => requestId)
    .sort();
  return {
    verdict: "drawn",
    seed,
    requestIds,
    population,
    inclusionProbability: requestIds.length / population,
  };
};

interface Draw {
  readonly requestId: string;
  readonly lot: number;
}

const byLot = (a: Draw, b: Draw): number => a.lot - b.lot || (a.requestId < b.requestId ? -1 : 1);
