import type { CandidateReport, Retraining } from "@heed/core";
import { printable } from "../printable.ts";
import type { Asked } from "./asked.ts";
import { describeLeftOut } from "./describe-left-out.ts";
import {
  formatCount,
  formatCounted,
  formatInterval,
  formatNumber,
  formatSigned,
  intervalHeading,
} from "./format-number.ts";
import { formatSegment } from "./format-segment.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { table } from "./table.ts";

type Report = Exclude<Retraining, { verdict: "not_enough_data" }>;

/** What `retrainEvaluator` came to, as text for people: whether to promote, what was measured, and what moved. */
export const describeRetraining = (answer: Retraining, asked: Asked = {}): string =>
  answer.verdict === "not_enough_data"
    ? paragraphs([lines([titleOf(answer), shortage(answer)]), leftOut(answer)])
    : paragraphs([
        lines([titleOf(answer), verdict(answer)]),
        measures(answer),
        answer.chosen && gains(answer.chosen, asked),
        answer.chosen && moves(answer.chosen),
        lines([inverted(answer), parts(answer), grouping(answer), leftOut(answer)]),
      ]);

const titleOf = (answer: Retraining): string => {
  const labels = "n" in answer ? `, ${formatCounted(answer.n, "label")}` : "";
  return `Retraining the evaluator of score "${printable(answer.score)}"${labels}`;
};

const lacking = {
  labels: "labels: logged requests with the score that users call good or bad",
  good_labels: "labels of outputs that users call good",
  bad_labels: "labels of outputs that users call bad",
} as const;

const shortage = ({
  lacking: what,
  needed,
  have,
}: Extract<Retraining, { verdict: "not_enough_data" }>): string =>
  `Not enough data: it takes ${needed} ${lacking[what]}, and there are ${have}.`;

const names = {
  recalibrate: "recalibrated",
  combine: "combined",
  learn: "learned",
} as const satisfies Record<CandidateReport["kind"], string>;

const reasons = {
  no_candidate: "there is nothing to train: the labels to learn from are all the same",
  too_few_groups: "the held-out outputs come in fewer than 20 groups, which is too little for an interval",
  no_gain: "that its Brier score is better than the present evaluator's may be chance",
  knows_nothing: "that it is better than saying the same of every output may be chance",
  verdicts_no_better: "its verdicts agree with the users no better than the present evaluator's",
  segment_falls: "on some kind of output it is right less often, by more than five points",
} as const satisfies Record<Report["reasons"][number], string>;

const verdict = ({ verdict: given, chosen, reasons: against }: Report): string =>
  given === "promote"
    ? `Promote it: the ${names[chosen!.kind]} evaluator is better than the present one on outputs that it never saw, by more than chance explains.`
    : `Keep the present evaluator: ${against.map((reason) => reasons[reason]).join("; ")}.`;

const measureNames = {
  kappa: "kappa",
  balancedAccuracy: "balanced accuracy",
  spearman: "Spearman",
  brier: "Brier score",
  ece: "calibration error",
} as const;

type Measure = keyof typeof measureNames;
const measureKeys = Object.keys(measureNames) as readonly Measure[];

const measures = ({ present, candidates, chosen }: Report): string => {
  const columns = [
    { name: "present", metrics: present.metrics },
    ...candidates.map(({ kind, metrics }) => ({
      name: `${names[kind]}${kind === chosen?.kind ? " *" : ""}`,
      metrics,
    })),
  ];
  const cell = (value: number | null): string => (value === null ? "-" : formatNumber(value));
  return `On the held-out outputs (* chosen in training)\n${table([
    ["", ...columns.map(({ name }) => name)],
    ...measureKeys.map((key) => [
      measureNames[key],
      ...columns.map(({ metrics }) => cell(metrics[key].value)),
    ]),
  ])}`;
};

const gains = ({ kind, gains: own }: CandidateReport, { confidence }: Asked): string =>
  `What the ${names[kind]} evaluator gains; above 0 is better\n${table([
    ["", "gain", intervalHeading(confidence)],
    ...measureKeys.map((key) => {
      const { value, ci } = own[key];
      return [measureNames[key], value === null ? "-" : formatSigned(value), ci ? formatInterval(ci) : "-"];
    }),
  ])}`;

const segmentWidth = 48;

const moves = ({ moved, segments, kind }: CandidateReport): string => {
  const { towardsHumans, awayFromHumans } = moved;
  if (towardsHumans + awayFromHumans === 0)
    return `The ${names[kind]} evaluator changes no verdict, only how sure it is.`;
  const guarded = segments.map(({ n, presentAccuracyPct, candidateAccuracyPct, ...segment }) => [
    formatSegment([segment], segmentWidth),
    `${presentAccuracyPct.toFixed(0)} %`,
    `${candidateAccuracyPct.toFixed(0)} %`,
    formatCount(n),
  ]);
  return paragraphs([
    `It changes ${formatCounted(towardsHumans + awayFromHumans, "verdict")}: ${formatCount(towardsHumans)} to what the users say, ${formatCount(awayFromHumans)} away from it.`,
    moved.segments.length > 0
      ? table([
          ["where", "to users", "away", "of"],
          ...moved.segments.map(({ n, towardsHumans: to, awayFromHumans: away, ...segment }) => [
            formatSegment([segment], segmentWidth),
            formatCount(to),
            formatCount(away),
            formatCount(n),
          ]),
        ])
      : null,
    guarded.length > 0
      ? `Guarded: right in\n${table([["", "present", names[kind], "of"], ...guarded])}`
      : null,
  ]);
};

const inverted = ({ present }: Report): string | null =>
  present.inverted
    ? "The present score is the wrong way round: it is higher where users say worse. That is rarely the evaluator's opinion, and mostly a sign that was lost."
    : null;

const parts = ({ trainedOn, heldOut }: Report): string =>
  `Trained on ${formatCounted(trainedOn.n, "output")} (${formatCount(trainedOn.good)} good), proved on ${formatCount(heldOut.n)} (${formatCount(heldOut.good)} good) in ${formatCounted(heldOut.groups, "group")}.`;

const grouping = ({ grouping: { by, notSeparated } }: Report): string =>
  lines([
    by.length > 0
      ? `Never on both sides: outputs that share a ${by.map(printable).join(" or a ")}.`
      : "No output has anything to be kept together by: each was drawn by itself.",
    notSeparated.length > 0
      ? `Possibly on both sides, as too few groups would be left: the same ${notSeparated.map(printable).join(", ")}.`
      : null,
  ]);

const leftOut = ({ dropped }: Retraining): string =>
  describeLeftOut([
    [dropped.noScore, "without the score"],
    [dropped.neutral, "that users call neither good nor bad"],
    [dropped.flagged, "with flagged votes alone"],
    [dropped.noWeight, "that weigh nothing"],
    [dropped.older, "older than the newest that were asked for"],
    [dropped.notLogged, "voted on but never logged"],
  ]);
