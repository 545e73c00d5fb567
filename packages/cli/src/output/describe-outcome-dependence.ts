import type { Satisfaction } from "@heed/core";
import {
  formatCount,
  formatInterval,
  formatPoints,
  formatPointsInterval,
  formatSigned,
} from "./format-number.ts";

type Estimated = Extract<Satisfaction, { verdict: "estimated" }>;

/** Whether users vote because of what they got, as text for people. */
export const describeOutcomeDependence = ({ outcomeDependence: found }: Estimated): string => {
  switch (found.verdict) {
    case "unknown":
      return "Whether users vote because of what they got is unknown: there are neither audits nor scores to tell by.";
    case "suspected":
      return `Users may vote because of what they got, which no weights mend: voted requests have other scores than silent ones of their group (${formatSigned(found.difference)}, ${formatInterval(found.ci)}). Audits would tell: heed analyze audit-sample.`;
    case "no_sign":
      return `No sign that users vote because of what they got: voted requests have scores like silent ones of their group (${formatSigned(found.difference)}, ${formatInterval(found.ci)}).`;
    default: {
      const { difference, ci, bothJudged } = found;
      const figure = `${formatPoints(difference)}, ${formatPointsInterval(ci)}`;
      const both =
        bothJudged.n > 0
          ? ` Where both judged, they agree on ${formatCount(bothJudged.agreed)} of ${formatCount(bothJudged.n)}.`
          : "";
      return found.verdict === "detected"
        ? `Users vote because of what they got, which no weights mend, or auditors judge otherwise: votes find other shares good than audits (${figure}).${both}`
        : `No sign that users vote because of what they got: votes find as much good as audits do (${figure}).${both}`;
    }
  }
};
