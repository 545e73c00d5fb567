import { requireConfidence, requirePeriod } from "../check-options.ts";
import { HeedError } from "../errors.ts";
import { benjaminiHochberg } from "../stats/benjamini-hochberg.ts";
import { chiSquareTest } from "../stats/chi-square-test.ts";
import { fisherExactTest } from "../stats/fisher-exact-test.ts";
import { wilsonInterval } from "../stats/wilson-interval.ts";
import type { Store } from "../store.ts";
import { type CohortCounts, collectVerdicts } from "./collect-verdicts.ts";
import { disagreementOf } from "./disagreement-of.ts";

export interface ContradictionOptions {
  /**
   * What a user's cohort is: a metadata key, of the vote itself where it has it, else of the request; or `model` or
   * `promptVersion`.
   * @default "userCohort"
   */
  readonly by?: string;
  /**
   * What users may contradict each other about: one `request`; all requests of the same `prompt`; or of one value of
   * a label.
   * @default "request"
   */
  readonly across?: string;
  /**
   * Verdicts that a cohort needs on such a unit to be compared.
   * @default 5
   */
  readonly smallest?: number;
  /**
   * The share of false findings that is put up with, on average.
   * @default 0.05
   */
  readonly q?: number;
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

/** What one cohort says of one unit: a verdict a user, from the mean of that user's votes on it. */
export interface CohortVerdicts {
  readonly cohort: string;
  readonly liked: number;
  readonly disliked: number;
  /** Share of those that liked it, with Wilson's interval. */
  readonly share: number;
  readonly ci: readonly [number, number];
}

/** How often two users say the opposite, 0 to 1; null where no two can be compared. */
export interface Disagreement {
  /** Two users of the same cohort. */
  readonly within: number | null;
  /** Two users of different cohorts. */
  readonly between: number | null;
}

/** Something on which cohorts differ beyond chance. */
export interface Contradiction extends Disagreement {
  /** The request id, the prompt, or the value of the label. */
  readonly unit: string;
  /** The happiest first; those with enough verdicts. */
  readonly cohorts: readonly CohortVerdicts[];
  /** Of equal shares: Fisher's exact test for two cohorts, the chi-square test for more. */
  readonly p: number;
  /** Benjamini and Hochberg's q over all units that were tested. */
  readonly q: number;
}

interface Scope {
  readonly by: string;
  readonly across: string;
  readonly level: "user";
  readonly dropped: {
    /** Votes of nobody's cohort, and votes on requests without the unit's label or prompt. */
    readonly noCohort: number;
    readonly noUnit: number;
    /** Users whose votes on a unit are neither above nor below 3. */
    readonly neutral: number;
  };
}

/** Where cohorts contradict each other, or why that cannot be said. */
export type Contradictions =
  | (Scope & {
      /**
       * `only_degree`: cohorts differ beyond chance, but nowhere do most of one like what most of another dislike;
       * `only_noise`: users disagree, but no cohorts differ beyond chance; `no_contradiction`: on every unit all say the
       * same.
       */
      readonly verdict: "contradictions_found" | "only_degree" | "only_noise" | "no_contradiction";
      /** Units that were tested: what q counts. */
      readonly tests: number;
      /** Over all units that were tested. */
      readonly overall: Disagreement;
      /** What most of one cohort like and most of another dislike; the surest first. */
      readonly contradictions: readonly Contradiction[];
      /** What cohorts like more or less, without such a contradiction; the surest first. */
      readonly differences: readonly Contradiction[];
    })
  /** No unit has two cohorts of enough verdicts. */
  | (Scope & { readonly verdict: "not_enough_data"; readonly needed: number; readonly have: number })
  | (Scope & { readonly verdict: "one_cohort"; readonly cohort: string });

/**
 * Finds where users contradict each other by cohort: requests, prompts or segments that most of one cohort like and most of
 * another dislike, beyond chance. Users who disagree within their cohorts as much as across are noise, which no change for a
 * cohort can mend: `within` and `between` tell the two apart.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`
 *
 * @example
 * const answer = await findContradictions(store, { across: "promptVersion" });
 * if (answer.verdict === "contradictions_found") console.log(answer.contradictions[0]);
 */
export const findContradictions = async (
  store: Store,
  options: ContradictionOptions = {},
): Promise<Contradictions> => {
  const {
    by = "userCohort",
    across = "request",
    smallest = 5,
    q = 0.05,
    confidence = 0.95,
    since,
    until,
  } = options;
  requirePeriod({ since, until });
  requireConfidence(confidence);
  if (!(Number.isSafeInteger(smallest) && smallest >= 1))
    throw new HeedError("INVALID_QUERY", "smallest is not a whole number from 1");
  if (!(q > 0 && q < 1)) throw new HeedError("INVALID_QUERY", "q is not between 0 and 1");

  const { units, cohorts, dropped } = await collectVerdicts(store, { by, across, since, until });
  const scope = { by, across, level: "user", dropped } as const;
  if (cohorts.length === 1) return { verdict: "one_cohort", ...scope, cohort: cohorts[0]! };

  const tested = units.flatMap(({ unit, counts }) => {
    const enough = counts.filter(({ liked, disliked }) => liked + disliked >= smallest);
    return enough.length < 2 ? [] : [{ unit, counts: enough, p: equalSharesP(enough) }];
  });
  if (tested.length === 0)
    return { verdict: "not_enough_data", ...scope, needed: smallest, have: mostOfSecond(units) };

  const qs = benjaminiHochberg(tested.map(({ p }) => p));
  const differing = tested
    .map(({ unit, counts, p }, at) => describe(unit, counts, p, qs[at]!, confidence))
    .filter((test) => test.q <= q)
    .sort((a, b) => a.p - b.p || (a.unit < b.unit ? -1 : 1));
  const contradictions = differing.filter(isOpposed);
  const differences = differing.filter((test) => !isOpposed(test));
  const overall = disagreementOf(tested.map(({ counts }) => counts));
  const isNoisy = tested.some(
    ({ counts }) => counts.some(({ liked }) => liked > 0) && counts.some(({ disliked }) => disliked > 0),
  );
  return {
    verdict:
      contradictions.length > 0
        ? "contradictions_found"
        : differences.length > 0
          ? "only_degree"
          : isNoisy
            ? "only_noise"
            : "no_contradiction",
    ...scope,
    tests: tested.length,
    overall,
    contradictions,
    differences,
  };
};

const isOpposed = ({ cohorts }: Contradiction): boolean =>
  cohorts[0]!.share > 0.5 && cohorts.at(-1)!.share < 0.5;

/** Equal counts on every side say nothing against equal shares. */
const equalSharesP = (counts: readonly CohortCounts[]): number => {
  const [a, b] = counts;
  if (counts.length === 2) return fisherExactTest(a!.liked, a!.disliked, b!.liked, b!.disliked);
  return chiSquareTest(counts.map(({ liked, disliked }) => [liked, disliked])).p ?? 1;
};

/** How many verdicts the second cohort has where it has most: what came nearest to being enough. */
const mostOfSecond = (units: readonly { readonly counts: readonly CohortCounts[] }[]): number =>
  units.reduce((most, { counts }) => {
    const [, second = 0] = counts.map(({ liked, disliked }) => liked + disliked).sort((a, b) => b - a);
    return Math.max(most, second);
  }, 0);

const describe = (
  unit: string,
  counts: readonly CohortCounts[],
  p: number,
  q: number,
  confidence: number,
): Contradiction => ({
  unit,
  cohorts: counts
    .map(({ cohort, liked, disliked }) => ({
      cohort,
      liked,
      disliked,
      share: liked / (liked + disliked),
      ci: wilsonInterval(liked, liked + disliked, { confidence })!,
    }))
    .sort((a, b) => b.share - a.share || (a.cohort < b.cohort ? -1 : 1)),
  p,
  q,
  ...disagreementOf([counts]),
});
