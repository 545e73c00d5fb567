import { requireChoice, requireConfidence, requirePeriod, requireTexts } from "../check-options.ts";
import { HeedError } from "../errors.ts";
import { benjaminiHochberg } from "../stats/benjamini-hochberg.ts";
import { wilsonInterval } from "../stats/wilson-interval.ts";
import type { Store } from "../store.ts";
import { collectSegments, type SegmentKey, type SegmentSums } from "./collect-segments.ts";
import {
  type ComparedSegment,
  compareSegments,
  differsWithin,
  isWithin,
  totalOf,
} from "./compare-segments.ts";
import { findExamples } from "./find-examples.ts";

export interface SegmentOptions {
  /** The labels that make segments: `model`, `promptVersion`, or metadata keys. */
  readonly by: readonly string[];
  /**
   * Whether pairs of labels make segments too.
   * @default true
   */
  readonly pairs?: boolean;
  /**
   * What is compared: what humans say, 1 to 5, or how far the evaluator is above them on the same scale.
   * @default "humanScore"
   */
  readonly metric?: "humanScore" | "gap";
  /**
   * The name of the automatic score, for the gap.
   * @default "overall"
   */
  readonly score?: string;
  /**
   * The scores that stand for 1 and 5 on the human scale, for the gap.
   * @default [0, 1]
   */
  readonly scoreRange?: readonly [number, number];
  /**
   * Voted requests that a segment, and the rest, need to be tested, at least 2.
   * @default 30
   */
  readonly smallest?: number;
  /**
   * The share of false findings that is put up with, on average.
   * @default 0.05
   */
  readonly q?: number;
  /**
   * How many example requests each segment comes with: those of the lowest human scores, or of the widest gaps.
   * @default 3
   */
  readonly examples?: number;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date;
  /**
   * Confidence of the intervals.
   * @default 0.95
   */
  readonly confidence?: number;
}

/** A segment that differs from all other voted requests. */
export interface Segment {
  /** What the requests have in common, one or two labels. */
  readonly labels: SegmentKey;
  /** Voted requests of the segment, and of the rest. */
  readonly n: number;
  readonly restN: number;
  readonly mean: number;
  readonly restMean: number;
  /** Mean of the segment minus mean of the rest: points on the human scale. */
  readonly effect: number;
  /** Welch's interval of the effect; null where all of the segment are equal, and all of the rest. */
  readonly ci: readonly [number, number] | null;
  /** By Welch's test; where that has no interval, by Fisher's exact test of the two values that there are. */
  readonly p: number;
  /** Benjamini and Hochberg's q over all tests that were made. */
  readonly q: number;
  readonly lowScores: {
    /** Requests of the segment with a human score below 3. */
    readonly n: number;
    readonly rate: number;
    readonly ci: readonly [number, number];
    /** How many there are beyond what the rate of the rest would give; negative where there are fewer. */
    readonly beyondRest: number;
  };
  readonly requestIds: readonly string[];
}

interface Scope {
  readonly metric: "humanScore" | "gap";
  readonly score: string;
  readonly level: "request";
  /** Voted requests that were compared. */
  readonly n: number;
  readonly dropped: {
    /** Voted on, but without the score; 0 for the human score, which needs none. */
    readonly noScore: number;
    readonly notLogged: number;
  };
  /** Labels and pairs of them with too many values to be segments, as ids have. */
  readonly skipped: readonly (readonly string[])[];
}

/** Which segments differ, or why that cannot be said. */
export type Segments =
  | (Scope & {
      readonly verdict: "segments_found" | "no_segment_differs";
      /** Tests that were made: what q counts. */
      readonly tests: number;
      /** The surest first. */
      readonly segments: readonly Segment[];
    })
  /** No segment has enough voted requests beside enough others; `have` is the fewer of the two where they are most. */
  | (Scope & { readonly verdict: "not_enough_data"; readonly needed: number; readonly have: number })
  /** The metric is the same for every voted request. */
  | (Scope & { readonly verdict: "no_variation" });

/**
 * Finds segments of requests (a prompt version, a model, a cohort, a topic, pairs of them) whose human score, or whose
 * gap between evaluator and humans, differs from that of all other voted requests: Welch's test, or Fisher's where neither
 * varies, and Benjamini and Hochberg's q over every test that was made. A pair is told of only where it differs within a
 * segment that is told of already. Effects of segments that were found are a little too large, as the lucky ones are
 * found: look again at fresh data before acting.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`
 *
 * @example
 * const { verdict } = await findSegments(store, { by: ["promptVersion", "userCohort"] });
 */
export const findSegments = async (store: Store, options: SegmentOptions): Promise<Segments> => {
  const { by, metric = "humanScore", score = "overall", scoreRange = [0, 1] } = options;
  const { pairs = true, smallest = 30, q = 0.05, examples = 3, confidence = 0.95, since, until } = options;
  requirePeriod({ since, until });
  requireConfidence(confidence);
  requireChoice("metric", metric, ["humanScore", "gap"]);
  requireTexts("by", by);
  if (by.length === 0) throw new HeedError("INVALID_QUERY", "by names no label");
  if (!(Number.isSafeInteger(smallest) && smallest >= 2))
    throw new HeedError("INVALID_QUERY", "smallest is not a whole number from 2");
  if (!(q > 0 && q < 1)) throw new HeedError("INVALID_QUERY", "q is not between 0 and 1");
  if (!(Number.isSafeInteger(examples) && examples >= 0))
    throw new HeedError("INVALID_QUERY", "examples is not a whole number from 0");
  if (!(scoreRange[1] > scoreRange[0])) throw new HeedError("INVALID_QUERY", "scoreRange does not rise");

  const query = { by: [...new Set(by)], pairs, metric, score, scoreRange, since, until };
  const { sets, n, dropped, skipped } = await collectSegments(store, query);
  const scope = { metric, score, level: "request", n, dropped, skipped } as const;
  const have = mostBesideOthers(sets.flat(), n);
  if (have < smallest) return { verdict: "not_enough_data", ...scope, needed: smallest, have };
  // Each set divides the same requests.
  if (totalOf(sets[0]!).sums.m2 === 0) return { verdict: "no_variation", ...scope };

  const tested = sets.flatMap((set) => compareSegments(set, smallest, confidence));
  const qs = benjaminiHochberg(tested.map(({ p }) => p));
  const found = tested
    .map((test, at) => ({ ...test, q: qs[at]! }))
    .filter((test) => test.q <= q)
    .sort((a, b) => a.key.length - b.key.length || a.p - b.p);
  const kept = found.filter((test) =>
    found
      .filter(({ key }) => key.length < test.key.length && isWithin(test.key, key))
      .every((broader) => differsWithin(test, broader.key, sets, q)),
  );
  const ids = await findExamples(
    store,
    query,
    kept.map(({ key }) => key),
    examples,
  );
  return {
    verdict: kept.length > 0 ? "segments_found" : "no_segment_differs",
    ...scope,
    tests: tested.length,
    segments: kept.map((test, at) => describeSegment(test, ids[at]!, confidence)).sort((a, b) => a.p - b.p),
  };
};

/** How many requests a segment, or its rest where that is smaller, has at most. */
const mostBesideOthers = (segments: readonly SegmentSums[], n: number): number =>
  segments.reduce((most, { key, sums }) => (key ? Math.max(most, Math.min(sums.n, n - sums.n)) : most), 0);

const describeSegment = (
  { key, sums, low, rest, p, q, ci }: ComparedSegment & { readonly q: number },
  requestIds: readonly string[],
  confidence: number,
): Segment => ({
  labels: key,
  n: sums.n,
  restN: rest.sums.n,
  mean: sums.mean,
  restMean: rest.sums.mean,
  effect: sums.mean - rest.sums.mean,
  ci,
  p,
  q,
  lowScores: {
    n: low,
    rate: low / sums.n,
    ci: wilsonInterval(low, sums.n, { confidence })!,
    beyondRest: low - (sums.n * rest.low) / rest.sums.n,
  },
  requestIds,
});
