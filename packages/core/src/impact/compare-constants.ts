import { fisherExactTest } from "../stats/fisher-exact-test.ts";
import type { Period } from "./improvement.ts";

/**
 * The p-value of two sides that have one value each, and not the same: all values are one of two, and Fisher's exact test
 * says how likely chance alone parts them like this. Null where a side varies, or both have the same value.
 */
export const compareConstants = (before: Period, after: Period): number | null =>
  before.sd === 0 && after.sd === 0 && before.mean !== after.mean
    ? fisherExactTest(before.n, 0, 0, after.n)
    : null;
