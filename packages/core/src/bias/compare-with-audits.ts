import type { Audit } from "./collect-satisfaction.ts";
import { excludesZero } from "./excludes-zero.ts";
import type { OutcomeDependence } from "./outcome-dependence.ts";
import type { ShareEstimate } from "./share-estimate.ts";

/**
 * Compares voters with auditors: two shares that were estimated apart.
 *
 * Source: G. Y. Zou, A. Donner, "Construction of confidence limits about effect measures", Statistics in Medicine 27
 * (2008), 1693-1702.
 */
export const compareWithAudits = (
  voters: ShareEstimate,
  auditors: ShareEstimate,
  audits: readonly Audit[],
): OutcomeDependence => {
  const difference = voters.share - auditors.share;
  const ci = [
    difference - Math.hypot(voters.share - voters.ci[0], auditors.ci[1] - auditors.share),
    difference + Math.hypot(voters.ci[1] - voters.share, auditors.share - auditors.ci[0]),
  ] as const;
  const both = audits.filter(({ verdict }) => !Number.isNaN(verdict));
  const agreed = both.filter(({ verdict, good }) => verdict === good).length;
  return {
    verdict: excludesZero(ci) ? "detected" : "not_detected",
    correctableByWeighting: false,
    difference,
    ci,
    bothJudged: { n: both.length, agreed },
  };
};
