const maxBackoffMs = 5 * 60_000;
const maxRetryAfterMs = 24 * 60 * 60_000;

/**
 * How long to wait before the next attempt, in milliseconds: anything up to 1 s, 2 s, 4 s … 5 min ("full
 * jitter"), so that clients which failed together do not come back together.
 *
 * @param failures how many attempts failed before this one, from 0
 * @param random a number from 0 up to 1
 */
export const backoffMs = (failures: number, random: number): number =>
  random * Math.min(maxBackoffMs, 1000 * 2 ** failures);

/**
 * How long a `Retry-After` header asks to wait, in milliseconds, given in seconds or as an HTTP date; at most
 * a day, and 0 where it is missing, past or not understood.
 */
export const retryAfterMs = (header: string | null, nowMs: number): number => {
  if (!header) return 0;
  const waitMs = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Math.max(0, Math.min(waitMs, maxRetryAfterMs)) || 0;
};
