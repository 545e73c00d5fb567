import type { Vote } from "../requests/fold-feedback.ts";
import type { Ratings } from "../stats/group-ratings.ts";
import { krippendorffAlpha } from "../stats/krippendorff-alpha.ts";
import { krippendorffAlphaInterval } from "../stats/krippendorff-alpha-interval.ts";
import type { RatingLevel } from "../stats/weighted-alpha.ts";
import { affordableResamples } from "./affordable-resamples.ts";

/** Krippendorff's alpha and its interval; null where it cannot be made. */
export interface AlphaEstimate {
  /** 1 for full agreement, 0 for as much as chance gives. */
  readonly alpha: number;
  readonly ci: readonly [number, number] | null;
}

/** How far users agree with each other, which is the most that an evaluator can be asked for. */
export type HumanCeiling = {
  /** What a vote means in `alpha`. */
  readonly alphaLevel: RatingLevel;
  /** Requests that at least two users voted on. */
  readonly requests: number;
  /** Their votes, one a user. */
  readonly votes: number;
} & (
  | (AlphaEstimate & {
      readonly verdict: "estimated";
      /** The same of the verdicts that the votes are, as names, to compare with kappa; null where all are the same. */
      readonly ofVerdicts: AlphaEstimate | null;
    })
  | {
      /** No request has votes of two users; or all votes on those that have are the same. */
      readonly verdict: "no_shared_requests" | "no_variation";
    }
);

interface CeilingOptions {
  readonly alphaLevel: RatingLevel;
  readonly confidence: number;
  readonly resamples: number;
  readonly seed: number;
  /** The verdict that a vote is; NaN for none. */
  readonly verdictOf: (value: number) => number;
}

/** Collects the votes of requests that several users voted on, and measures how far these agree. */
export const humanCeiling = (options: CeilingOptions) => {
  const unit: number[] = [];
  const value: number[] = [];
  let request = 0;

  const add = (votes: readonly Vote[]): void => {
    const ratings = onePerUser(votes);
    if (ratings.length < 2) return;
    for (const rating of ratings) {
      unit.push(request);
      value.push(rating);
    }
    request++;
  };

  const measure = (): HumanCeiling => {
    const { alphaLevel, verdictOf } = options;
    const scope = { alphaLevel, requests: request, votes: value.length };
    if (request === 0) return { verdict: "no_shared_requests", ...scope };
    const estimate = alphaOf({ unit, value }, alphaLevel, options);
    if (!estimate) return { verdict: "no_variation", ...scope };
    const ofVerdicts = alphaOf({ unit, value: value.map(verdictOf) }, "nominal", options);
    return { verdict: "estimated", ...scope, ...estimate, ofVerdicts };
  };

  return { add, measure };
};

/** A user's rating says more than their thumb, and stands for both: one person is one rater. */
const onePerUser = (votes: readonly Vote[]): readonly number[] => {
  const byUser = new Map<string | symbol, Vote>();
  for (const vote of votes) {
    const user = vote.userId ?? Symbol();
    if (vote.kind === "rating" || !byUser.has(user)) byUser.set(user, vote);
  }
  return Array.from(byUser.values(), ({ score }) => score);
};

const alphaOf = (ratings: Ratings, level: RatingLevel, options: CeilingOptions): AlphaEstimate | null => {
  const { alpha } = krippendorffAlpha(ratings, { level });
  if (alpha === null) return null;
  const { confidence, seed } = options;
  const resamples = affordableResamples(options.resamples, ratings.value.length);
  if (resamples === 0) return { alpha, ci: null };
  return { alpha, ci: krippendorffAlphaInterval(ratings, { level, confidence, resamples, seed }).ci };
};
