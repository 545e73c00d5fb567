import { choice, flag, number, range, text } from "./option.ts";

/** What several analyses ask for in the same words. */

export const confidence = number("confidence of the intervals, between 0 and 1 (default: 0.95)");

export const score = text("NAME", "the automatic score (default: overall)");

export const evaluatorThreshold = number("the evaluator says good from this score on (default: 0.7)");

export const humanThreshold = number("votes say good above this mean, 1 to 5, and bad below (default: 3)");

export const gapRange = range("the scores that stand for 1 and 5 in the gap (default: 0,1)");

export const cohort = text(
  "LABEL",
  "what makes the groups: a metadata key, model or promptVersion (default: userCohort)",
);

export const falseFindings = number("the share of false findings that you put up with (default: 0.05)");

const campaign =
  "feedback that looks like a campaign: bursts of near-duplicate comments, votes at machine speed, users far out of line";

export const setAsideSuspicious = flag(`set aside ${campaign}`);

/** The same where votes are weighed. */
export const countSuspiciousLess = flag(`count for less, or for nothing, ${campaign}`);

export const denominator = choice(
  "WHICH",
  ["auto", "exposed", "logged"],
  "the requests that count: logged, exposed (seen), or auto (the default): exposed where that was recorded for at least 90 % of the voted ones",
);
