import { requireChoice, requireConfidence, requireHumanThreshold, requirePeriod } from "../check-options.ts";
import { HeedError } from "../errors.ts";
import { wilsonInterval } from "../stats/wilson-interval.ts";
import type { Store } from "../store.ts";
import { describeOutputs, type OutputDetails } from "./describe-outputs.ts";
import { findOpposites, type MiscalibrationDirection, type Opposite } from "./find-opposites.ts";

export interface MiscalibratedOptions {
  /**
   * The name of the automatic score.
   * @default "overall"
   */
  readonly score?: string | undefined;
  /**
   * The evaluator says good from this score on, and bad below.
   * @default 0.7
   */
  readonly evaluatorThreshold?: number | undefined;
  /**
   * The lowest and the highest score that the evaluator gives, which say how far from the threshold is far.
   * @default [0, 1]
   */
  readonly scoreRange?: readonly [low: number, high: number] | undefined;
  /**
   * Humans say good above this human score, 1 to 5, and bad below; at it they have no verdict.
   * @default 3
   */
  readonly humanThreshold?: number | undefined;
  /**
   * How many outputs to list.
   * @default 20
   */
  readonly limit?: number | undefined;
  /**
   * Which outputs to list; the totals are of both directions anyway.
   * @default both
   */
  readonly direction?: MiscalibrationDirection | undefined;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
  /**
   * Confidence of the interval.
   * @default 0.95
   */
  readonly confidence?: number | undefined;
}

/** An output on which evaluator and humans say the opposite. */
export interface MiscalibratedOutput extends Opposite, OutputDetails {}

interface Scope {
  readonly score: string;
  readonly level: "request";
  readonly dropped: {
    /** Logged, but nobody voted. */
    readonly noVotes: number;
    /** Voted on and logged, but without the score. */
    readonly noScore: number;
    /** Scored, but with a human score exactly at the threshold, which is no verdict. */
    readonly neutral: number;
    /** Voted on, but never logged, at any time. */
    readonly notLogged: number;
  };
}

/** The outputs on which evaluator and humans say the opposite, or that there are none, or nothing to compare. */
export type Miscalibration =
  | (Scope & {
      /** `none_found`: on no request do the two sides say the opposite. */
      readonly verdict: "found" | "none_found";
      /** Requests with a verdict of both sides. */
      readonly n: number;
      readonly tooKind: number;
      readonly tooHarsh: number;
      /** Those of either direction among the `n`, 0 to 1, with Wilson's interval. */
      readonly rate: number;
      readonly ci: readonly [number, number];
      /** The surest first; equally sure ones in the order of their ids. */
      readonly outputs: readonly MiscalibratedOutput[];
    })
  | (Scope & { readonly verdict: "not_enough_data"; readonly needed: number; readonly have: number });

/**
 * Finds the outputs on which an evaluator and the humans say the opposite, the surest first, with all that is needed
 * to look into them. What humans say are their standing votes and nothing else: a rating of one star is no praise,
 * and a comment is no blame.
 *
 * How sure both sides are is a product of two numbers from 0 to 1. That of the humans: how far their mean lies from
 * the threshold, in shares of the way to 5 or to 1, with one more vote counted at the threshold, so that many votes
 * count for more than one. That of the evaluator: how far its score lies from its threshold, in shares of the way to
 * the end of `scoreRange`.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`
 *
 * @example
 * const answer = await identifyMiscalibratedOutputs(store, { direction: "evaluator_too_kind", limit: 5 });
 * if (answer.verdict === "found") for (const { prompt, output, comments } of answer.outputs) console.log(prompt);
 */
export const identifyMiscalibratedOutputs = async (
  store: Store,
  options: MiscalibratedOptions = {},
): Promise<Miscalibration> => {
  const { score = "overall", evaluatorThreshold = 0.7, scoreRange = [0, 1], humanThreshold = 3 } = options;
  const { direction, limit = 20, since, until, confidence = 0.95 } = options;
  const query = { score, evaluatorThreshold, scoreRange, humanThreshold, direction, limit, since, until };
  requirePeriod(options);
  requireConfidence(confidence);
  requireQuery(query);

  const { n, tooKind, tooHarsh, surest, dropped } = await findOpposites(store, query);
  const scope = { score, level: "request", dropped } as const;
  const ci = wilsonInterval(tooKind + tooHarsh, n, { confidence });
  if (!ci) return { verdict: "not_enough_data", ...scope, needed: 1, have: 0 };

  const details = await describeOutputs(
    store,
    surest.map(({ requestId }) => requestId),
  );
  return {
    verdict: tooKind + tooHarsh === 0 ? "none_found" : "found",
    ...scope,
    n,
    tooKind,
    tooHarsh,
    rate: (tooKind + tooHarsh) / n,
    ci,
    // One that was removed since the scan has no details.
    outputs: surest.flatMap((opposite) => {
      const own = details.get(opposite.requestId);
      return own ? { ...opposite, ...own } : [];
    }),
  };
};

const requireQuery = ({
  evaluatorThreshold,
  scoreRange: [low, high],
  humanThreshold,
  direction,
  limit,
}: Parameters<typeof findOpposites>[1]): void => {
  if (!(low <= evaluatorThreshold && evaluatorThreshold <= high && low < high))
    throw new HeedError("INVALID_QUERY", "evaluatorThreshold does not lie in scoreRange");
  requireHumanThreshold(humanThreshold);
  if (!(Number.isSafeInteger(limit) && limit > 0))
    throw new HeedError("INVALID_QUERY", "limit is not a whole number above 0");
  if (direction !== undefined)
    requireChoice("direction", direction, ["evaluator_too_kind", "evaluator_too_harsh"]);
};
