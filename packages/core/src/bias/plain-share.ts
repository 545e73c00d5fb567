import type { IntervalOptions } from "../stats/interval-options.ts";
import { wilsonInterval } from "../stats/wilson-interval.ts";
import { fewestLabels, type ShareEstimate } from "./share-estimate.ts";

/** The share of good ones among n, with Wilson's interval; null for fewer than five. */
export const plainShare = (good: number, n: number, options: IntervalOptions): ShareEstimate | null =>
  n < fewestLabels ? null : { share: good / n, ci: wilsonInterval(good, n, options)!, n };
