import type { Improvement } from "@heed/core";
import type { Asked } from "./asked.ts";
import {
  formatCount,
  formatHumanDifference,
  formatHumanScore,
  formatP,
  formatPercent,
  formatPoints,
  formatPointsInterval,
  intervalHeading,
} from "./format-number.ts";
import { table } from "./table.ts";

type Feedback = Improvement["feedback"];

/** What users said and did before and after a change, as a table; empty where nothing was logged. */
export const describeFeedbackChange = (feedback: Feedback, { confidence }: Asked): string => {
  const { humanScore, feedbackRate, discardRate } = feedback;
  if (feedbackRate.before.n + feedbackRate.after.n === 0) return "";
  const row = (
    name: string,
    [before, after]: readonly [Side, Side],
    { difference, ci, p }: Pick<Feedback["humanScore"], "difference" | "ci" | "p">,
    { value: format, difference: signed, interval }: Formats,
  ): readonly string[] => [
    name,
    orDash(before.value, format),
    formatCount(before.n),
    orDash(after.value, format),
    formatCount(after.n),
    orDash(difference, signed),
    ci ? interval(ci) : "-",
    orDash(p, formatP),
  ];
  return table([
    ["feedback", "before", "n", "after", "n", "difference", intervalHeading(confidence), "p"],
    row("human score, 1 to 5", [meanOf(humanScore.before), meanOf(humanScore.after)], humanScore, ofScores),
    row("feedback rate", [rateOf(feedbackRate.before), rateOf(feedbackRate.after)], feedbackRate, ofRates),
    row("discard rate", [rateOf(discardRate.before), rateOf(discardRate.after)], discardRate, ofRates),
  ]);
};

interface Formats {
  readonly value: (value: number) => string;
  readonly difference: (difference: number) => string;
  readonly interval: (ci: readonly [number, number]) => string;
}

const ofScores: Formats = {
  value: formatHumanScore,
  difference: formatHumanDifference,
  interval: (ci) => ci.map(formatHumanDifference).join(" to "),
};

const ofRates: Formats = { value: formatPercent, difference: formatPoints, interval: formatPointsInterval };

interface Side {
  readonly n: number;
  readonly value: number | null;
}

const meanOf = ({ n, mean }: Feedback["humanScore"]["before"]): Side => ({ n, value: mean });

const rateOf = ({ n, rate }: Feedback["feedbackRate"]["before"]): Side => ({ n, value: rate });

const orDash = (value: number | null, format: (value: number) => string): string =>
  value === null ? "-" : format(value);
