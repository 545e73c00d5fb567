import type { CohortFeedbackRate, FeedbackRateByCohort } from "@heed/core";
import { printable } from "../printable.ts";
import type { Asked } from "./asked.ts";
import { clip } from "./clip.ts";
import { describeDenominator } from "./describe-denominator.ts";
import {
  formatCount,
  formatP,
  formatPercent,
  formatPercentInterval,
  intervalHeading,
} from "./format-number.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { table } from "./table.ts";

type Counted = Exclude<FeedbackRateByCohort, { verdict: "not_enough_data" }>;

/** What `computeFeedbackRateByCohort` found, as text for people: who votes, and who is heard too little. */
export const describeFeedbackRates = (answer: FeedbackRateByCohort, asked: Asked = {}): string => {
  const title = `Requests with feedback, by ${printable(answer.by)}`;
  const denominator = describeDenominator(answer.denominator);
  if (answer.verdict === "not_enough_data")
    return paragraphs([
      lines([
        title,
        `Not enough data: no request was ${answer.denominator.used === "exposed" ? "seen" : "logged"}.`,
      ]),
      denominator,
    ]);
  return paragraphs([
    lines([title, headline(answer), target(answer, asked)]),
    figures(answer, asked),
    lines([
      answer.verdict === "skewed" || answer.verdict === "no_skew_detected"
        ? "q says how likely such a difference from the other groups is by chance, corrected for their number."
        : null,
      denominator,
    ]),
  ]);
};

const headline = ({ verdict, underRepresented, overRepresented }: Counted): string => {
  switch (verdict) {
    case "no_feedback":
      return "Nobody is heard: no request has a vote.";
    case "nothing_to_compare":
      return "Nothing to compare: there are fewer than two groups.";
    case "no_skew_detected":
      return "All groups are heard alike, as far as these numbers tell.";
    case "skewed": {
      const parts = [
        ...(underRepresented.length > 0 ? [`too little of ${listed(underRepresented)}`] : []),
        ...(overRepresented.length > 0 ? [`too much of ${listed(overRepresented)}`] : []),
      ];
      return `You hear ${parts.join(", and ")}.`;
    }
  }
};

const listed = (names: readonly string[]): string => {
  const shown = names.slice(0, 5).map((name) => clip(name, 24));
  return [...shown, ...(names.length > 5 ? [`${names.length - 5} more`] : [])].join(", ");
};

const againsts = {
  below: "below the target",
  within: "within the target",
  above: "above the target",
  unclear: "not clearly within or without the target",
} as const;

const target = ({ overall }: Counted, { confidence }: Asked): string =>
  `${formatPercent(overall.rate)} of all ${formatCount(overall.requests)} requests have feedback (${intervalHeading(confidence)} ${formatPercentInterval(overall.ci)}): ${againsts[overall.againstTarget]} of ${formatPercentInterval(overall.target)}.`;

const figures = ({ cohorts }: Counted, { confidence }: Asked): string =>
  table(
    [
      ["", "requests", "voted", "rate", intervalHeading(confidence), "of all", "of votes", "q", "heard"],
      ...cohorts.map((cohort) => [
        cohort.cohort === null ? "(none)" : clip(cohort.cohort, 22),
        formatCount(cohort.requests),
        formatCount(cohort.withFeedback),
        formatPercent(cohort.rate),
        formatPercentInterval(cohort.ci),
        formatPercent(cohort.shareOfRequests),
        cohort.shareOfFeedback === null ? "-" : formatPercent(cohort.shareOfFeedback),
        cohort.comparison ? formatP(cohort.comparison.q) : "-",
        heard(cohort),
      ]),
    ],
    [0, 8],
  );

const heard = ({ comparison }: CohortFeedbackRate): string =>
  comparison ? { under: "too little", over: "too much", as_expected: "alike" }[comparison.represented] : "-";
