import type { ChangeMetric, Improvement, MeasureOptions } from "@heed/core";
import { printable } from "../printable.ts";
import type { Asked } from "./asked.ts";
import { describeFeedbackChange } from "./describe-feedback-change.ts";
import { describeImpactFigures } from "./describe-impact-figures.ts";
import {
  formatCount,
  formatCounted,
  formatLevel,
  formatNumber,
  formatP,
  formatPercent,
  formatSigned,
} from "./format-number.ts";
import { formatSegment } from "./format-segment.ts";
import { lines, paragraphs } from "./paragraphs.ts";

/** How an impact was asked for, where the answer does not say so itself. */
export interface ImpactAsked extends Asked, Pick<MeasureOptions, "segment" | "power"> {}

/** What `measureImprovementFromChange` found, as text for people: what it means, and the figures. */
export const describeImpact = (answer: Improvement, asked: ImpactAsked = {}): string =>
  paragraphs([
    lines([titleOf(answer, asked), verdict(answer), basis(answer)]),
    describeImpactFigures(answer, asked),
    lines([
      ...detectable(answer, asked),
      regression(answer),
      ...leftOutCells(answer),
      ...trend(answer),
      dropped(answer),
    ]),
    describeFeedbackChange(answer.feedback, asked),
  ]);

const subjects = {
  score: "score",
  humanScore: "human score",
  feedbackRate: "feedback rate",
  discardRate: "discard rate",
} as const satisfies Record<ChangeMetric, string>;

const counted = {
  score: "scored request",
  humanScore: "voted request",
  feedbackRate: "logged request",
  discardRate: "logged request",
} as const satisfies Record<ChangeMetric, string>;

const titleOf = ({ change, metric, score }: Improvement, { segment }: ImpactAsked): string => {
  const named = metric === "score" ? ` "${printable(score)}"` : "";
  const where = segment ? `, of ${formatSegment([segment], 40)}` : "";
  return `Change "${printable(change)}", ${subjects[metric]}${named}${where}`;
};

const verdict = (answer: Improvement): string => {
  const subject = `The ${subjects[answer.metric]}`;
  switch (answer.verdict) {
    case "not_enough_data": {
      const { before, after, controlBefore, controlAfter } = answer.have;
      const control =
        controlBefore === undefined
          ? ""
          : `; of the control, ${formatCount(controlBefore)} and ${formatCount(controlAfter ?? 0)}`;
      return `Not enough data: each side needs ${formatCounted(answer.needed, counted[answer.metric])}, and there are ${formatCount(before)} before and ${formatCount(after)} after${control}.`;
    }
    case "no_overlap":
      return "Nothing is like with like: no combination of the labels has two requests on each side.";
    case "no_variation":
      return answer.difference === 0
        ? "Nothing to test: every value on either side is the same."
        : `No spread to test against: every value went ${wentOf(answer)}.`;
    case "not_significant":
      return "p" in answer
        ? "No clear change: so few requests are parted like this by chance, too."
        : "No clear change: the interval includes 0, so chance explains the difference.";
    default:
      return `${subject} ${answer.verdict}${answer.metric === "discardRate" ? " (less is better)" : ""}, by more than chance explains. That the change did it, dates alone cannot prove.`;
  }
};

const wentOf = ({ before, after }: Extract<Improvement, { difference: number }>): string =>
  `from ${formatNumber(before.mean)} to ${formatNumber(after.mean)}`;

/** What the verdict goes by, where it is not the plain difference. */
const basis = (answer: Improvement): string | null => {
  if ("p" in answer)
    return `Every value went ${wentOf(answer)}, so that there is no interval: this goes by Fisher's exact test, p ${formatP(answer.p)}.`;
  if (!("significant" in answer)) return null;
  switch (answer.basis) {
    case "mix_adjusted":
      return "This goes by the difference at the mix of requests before.";
    case "difference_in_differences":
      return "This goes by the difference less that of the control.";
    case "confidence_sequence":
      return "This goes by the interval that holds at every look.";
    default:
      return null;
  }
};

const detectable = (answer: Improvement, { power = 0.8 }: ImpactAsked): readonly string[] =>
  "significant" in answer
    ? [
        `With so many requests, one look finds a true difference of ${formatNumber(answer.minimumDetectableEffect)} ${formatLevel(power)} of the time, and smaller ones less often.`,
      ]
    : [];

const regression = (answer: Improvement): string | null => {
  if (!("regressionToTheMean" in answer) || !answer.regressionToTheMean) return null;
  const { expectedRegression: expected } = answer;
  const size =
    expected === null
      ? "How much, fewer than three segments do not tell."
      : `Of the difference, about ${formatSigned(expected)} may be that.`;
  return `The change was made for this segment, and one that is picked for doing badly gets better by itself. ${size}`;
};

const leftOutCells = (answer: Improvement): readonly string[] => {
  if (answer.verdict === "no_overlap")
    return [`Combinations that were left out: ${formatCount(answer.leftOut.length)}.`];
  if (!("basis" in answer)) return [];
  const { mixAdjustment: mix, differenceInDifferences: control } = answer;
  return [
    ...(mix && mix.leftOut.length > 0
      ? [
          `Left out at the mix of before, as they have no two requests on each side: ${formatCounted(mix.leftOut.length, "combination")} of ${mix.adjustFor.map(printable).join(", ")} (${formatPercent(mix.leftOutShare)} of the requests before).`,
        ]
      : []),
    ...(control && control.leftOut.length > 0
      ? [`Left out of the control likewise: ${formatCounted(control.leftOut.length, "combination")}.`]
      : []),
  ];
};

const trend = (answer: Improvement): readonly string[] => {
  const found = "basis" in answer ? answer.differenceInDifferences : undefined;
  if (!found) return [];
  const { preTrend, preTrendSlope: slope } = found;
  if (preTrend === "unknown" || !slope)
    return [
      "Whether the control moved alike before the change is unknown: there are too few days to tell by.",
    ];
  const figure = `${formatSigned(slope.perDay)} a day, ${slope.ci.map(formatSigned).join(" to ")}, over ${slope.days} days`;
  return [
    preTrend === "parallel"
      ? `Before the change the control moved alike, as far as can be told (${figure}).`
      : `Before the change the control was moving otherwise already (${figure}): part of the difference less the control may be that.`,
  ];
};

const dropped = ({ dropped: count, metric }: Improvement): string | null =>
  count > 0
    ? `Left out: ${formatCounted(count, "request")} without ${metric === "humanScore" ? "a vote" : "the score"}.`
    : null;
