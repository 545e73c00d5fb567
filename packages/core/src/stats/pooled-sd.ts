import type { Spread } from "./welch-error.ts";

/** The standard deviation of two groups about their own means, taking it to be the same in both. */
export function pooledSd(a: Spread, b: Spread): number {
  const df = a.n + b.n - 2;
  return Math.hypot(a.sd * Math.sqrt((a.n - 1) / df), b.sd * Math.sqrt((b.n - 1) / df));
}
