/** The time in which both arms got requests. */
export interface Overlap {
  readonly since: Date;
  /** Inclusive. */
  readonly until: Date;
  /** The shares of the requests of each arm that are of this time, 0 to 1. */
  readonly candidateShare: number;
  readonly baselineShare: number;
}

/** What an arm may have at either end beyond its time: tries before a launch, and clients that were late to change. */
const stragglers = 0.01;

/**
 * The time between the later beginning and the earlier end of two arms, the first and the last hundredth of the requests
 * of each left out of it; null where one arm was over before the other began, or has no request.
 *
 * @param candidate Times of requests in milliseconds, in order; likewise the baseline's.
 */
export const findOverlap = (candidate: Float64Array, baseline: Float64Array): Overlap | null => {
  if (candidate.length === 0 || baseline.length === 0) return null;
  const since = Math.max(beginOf(candidate), beginOf(baseline));
  const until = Math.min(endOf(candidate), endOf(baseline));
  if (since > until) return null;
  const shareOf = (times: Float64Array): number =>
    times.filter((time) => time >= since && time <= until).length / times.length;
  return {
    since: new Date(since),
    until: new Date(until),
    candidateShare: shareOf(candidate),
    baselineShare: shareOf(baseline),
  };
};

const beginOf = (times: Float64Array): number => times[Math.floor(stragglers * times.length)]!;
const endOf = (times: Float64Array): number =>
  times[times.length - 1 - Math.floor(stragglers * times.length)]!;
