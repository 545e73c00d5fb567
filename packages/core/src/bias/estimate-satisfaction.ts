import { requireHumanThreshold, requirePeriod } from "../check-options.ts";
import { HeedError } from "../errors.ts";
import { type IntervalOptions, upperLevel } from "../stats/interval-options.ts";
import type { Store } from "../store.ts";
import { auditsLookRandom } from "./audits-look-random.ts";
import { chooseDenominator, type DenominatorChoice } from "./choose-denominator.ts";
import { collectSatisfaction } from "./collect-satisfaction.ts";
import { compareScores } from "./compare-scores.ts";
import { compareWithAudits } from "./compare-with-audits.ts";
import { findTippingPoint } from "./find-tipping-point.ts";
import { mergeSatisfaction, type SatisfactionTotal } from "./merge-satisfaction.ts";
import { plainShare } from "./plain-share.ts";
import { fewestForPpi, ppiShare } from "./ppi-share.ts";
import type { Assumption, Satisfaction, SatisfactionEstimates, WhyNot } from "./satisfaction.ts";
import { fewestLabels } from "./share-estimate.ts";
import { weightedShare } from "./weighted-share.ts";

export interface SatisfactionOptions {
  /**
   * The name of the automatic score that PPI++ corrects audits by.
   * @default "overall"
   */
  readonly score?: string | undefined;
  /**
   * The name of the automatic score that holds the audits: 0.5 and above is good, below is bad.
   * @default "audit"
   */
  readonly auditScore?: string | undefined;
  /**
   * The label to weight by: a metadata key of the requests, `model` or `promptVersion`.
   * @default "userCohort"
   */
  readonly by?: string | undefined;
  /**
   * Human scores, 1 to 5, above it are good, below it bad; on it they are no verdict.
   * @default 3
   */
  readonly humanThreshold?: number | undefined;
  /**
   * The share of good outputs that parts good from not good enough.
   * @default 0.5
   */
  readonly target?: number | undefined;
  /**
   * Which requests the share is of: `logged`; those that were seen, `exposed`; or `auto`, exposed where at least 90 % of
   * the voted requests were recorded as such, else logged.
   * @default "auto"
   */
  readonly denominator?: DenominatorChoice | undefined;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
  /**
   * Confidence of the intervals.
   * @default 0.95
   */
  readonly confidence?: number | undefined;
}

/**
 * Estimates the share of good outputs among all requests, voted on or not: naively among those voted on, weighted by
 * cohort, and, where random audits were recorded, from these, alone and with the evaluator's scores by PPI++.
 *
 * Record an audit as `recordEvaluation(store, { requestId, evalScores: { audit: 1 }, evaluator: { name: "auditor" } })`
 * for the requests that `drawAuditSample` gives; audits are no votes, and never mix with them. Audits that are not like
 * the other requests, in how often these were voted on or how they were scored, are not used.
 *
 * Weighting repairs feedback that depends on the cohort. It cannot repair feedback that depends on the outcome itself,
 * as when only the angry vote: `outcomeDependence` says whether there are signs of that, and only audits see past it.
 * Memory grows with cohorts and audits, not with the requests; one request is taken to say nothing of another.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`
 *
 * @example
 * const answer = await estimateSatisfaction(store, { by: "userCohort" });
 * if (answer.verdict === "estimated") console.log(answer.estimate.method, answer.estimate.share, answer.estimate.ci);
 */
export const estimateSatisfaction = async (
  store: Store,
  options: SatisfactionOptions = {},
): Promise<Satisfaction> => {
  const { score = "overall", auditScore = "audit", by = "userCohort", since, until } = options;
  const { humanThreshold = 3, target = 0.5, denominator: choice = "auto", confidence } = options;
  requirePeriod({ since, until });
  upperLevel({ confidence });
  requireHumanThreshold(humanThreshold);
  if (!(target >= 0 && target <= 1)) throw new HeedError("INVALID_QUERY", "target is not between 0 and 1");

  const cells = await collectSatisfaction(store, { score, auditScore, by, humanThreshold, since, until });
  const { denominator } = chooseDenominator(cells, choice);
  const population = cells.filter(({ seen }) => seen || denominator.used === "logged");
  const total = mergeSatisfaction(population);
  const cohorts = [...Map.groupBy(population, ({ cohort }) => cohort)].map(([cohort, parts]) => ({
    labels: [cohort],
    ...mergeSatisfaction(parts),
  }));
  const scope = {
    score,
    auditScore,
    by,
    level: "request",
    denominator,
    requests: total.requests,
    verdicts: total.good + total.bad,
    neutral: total.voted - total.good - total.bad,
    audits: total.audits.length,
  } as const;

  const { estimates, unavailable } = estimateAll(cohorts, total, by, { confidence });
  const best = bestOf(estimates);
  if (!best) {
    const have = { verdicts: scope.verdicts, audits: scope.audits };
    return { verdict: "not_enough_data", ...scope, needed: fewestLabels, have };
  }
  const { share, ci } = best;
  const voters = estimates.weighted ?? estimates.naive;
  const auditors = estimates.ppi ?? estimates.audited;
  return {
    verdict: "estimated",
    ...scope,
    estimate: best,
    ...estimates,
    unavailable,
    againstTarget: ci[0] > target ? "above" : ci[1] < target ? "below" : "unclear",
    tippingPoint: findTippingPoint(total, { target, estimate: share }),
    outcomeDependence:
      voters && auditors
        ? compareWithAudits(voters, auditors, total.audits)
        : compareScores(cohorts, { confidence }),
  };
};

type Cohort = SatisfactionTotal & { readonly labels: readonly (string | undefined)[] };

const estimateAll = (
  cohorts: readonly Cohort[],
  { requests, voted, good, bad, audits, scoreOfUnaudited, neitherAuditedNorScored }: SatisfactionTotal,
  by: string,
  options: IntervalOptions,
) => {
  const others = {
    requests: requests - audits.length,
    voted: voted - audits.filter((audit) => audit.voted).length,
    scores: scoreOfUnaudited,
    withoutScore: neitherAuditedNorScored,
  };
  const isRandom = auditsLookRandom(audits, others);
  const audited = isRandom
    ? plainShare(audits.filter((audit) => audit.good === 1).length, audits.length, options)
    : null;
  const naive = plainShare(good, good + bad, options);
  const estimates: SatisfactionEstimates = {
    naive,
    weighted: naive && weightedShare(cohorts, by, options),
    audited,
    ppi: audited && ppiShare(audits, others, options),
  };
  const whyNot: Record<keyof SatisfactionEstimates, WhyNot> = {
    naive: "too_few_verdicts",
    weighted: naive ? "one_cell" : "too_few_verdicts",
    audited: isRandom ? "too_few_audits" : "audits_not_random",
    ppi: !isRandom
      ? "audits_not_random"
      : audits.length < fewestForPpi
        ? "too_few_audits"
        : "scores_do_not_help",
  };
  const unavailable = Object.fromEntries(
    methods.filter((method) => estimates[method] === null).map((method) => [method, whyNot[method]]),
  );
  return { estimates, unavailable };
};

/** From the one that takes least on trust. */
const methods = ["ppi", "audited", "weighted", "naive"] as const;

const assumptions: Readonly<Record<keyof SatisfactionEstimates, Assumption>> = {
  ppi: "audits_are_a_random_sample",
  audited: "audits_are_a_random_sample",
  weighted: "missing_at_random_within_cells",
  naive: "missing_completely_at_random",
};

const bestOf = (estimates: SatisfactionEstimates) => {
  const method = methods.find((candidate) => estimates[candidate] !== null);
  if (method === undefined) return null;
  const { share, ci, n } = estimates[method]!;
  return { method, share, ci, n, assumes: assumptions[method] };
};
