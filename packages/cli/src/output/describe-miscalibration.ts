import type { MiscalibratedOutput, Miscalibration } from "@heed/core";
import { printable } from "../printable.ts";
import type { Asked } from "./asked.ts";
import { describeLeftOut } from "./describe-left-out.ts";
import { describeRequest } from "./describe-request.ts";
import {
  formatCount,
  formatCounted,
  formatPercent,
  formatPercentInterval,
  intervalHeading,
} from "./format-number.ts";
import { lines, paragraphs } from "./paragraphs.ts";

/** What `identifyMiscalibratedOutputs` found, as text for people: how many there are, and the surest of them. */
export const describeMiscalibration = (answer: Miscalibration, asked: Asked = {}): string => {
  const title = `Outputs on which score "${printable(answer.score)}" and users say the opposite`;
  const { dropped } = answer;
  const leftOut = describeLeftOut([
    [dropped.noVotes, "without a vote"],
    [dropped.noScore, "without the score"],
    [dropped.neutral, "with votes that say neither good nor bad"],
    [dropped.notLogged, "voted on but never logged"],
  ]);
  const outputs = answer.verdict === "not_enough_data" ? [] : answer.outputs;
  const surest = outputs.length === 0 ? null : "The surest, with how sure both sides are, from 0 to 1:";
  return paragraphs([
    lines([title, headline(answer, asked)]),
    surest,
    ...outputs.map(describeOutput),
    leftOut,
  ]);
};

const headline = (answer: Miscalibration, { confidence }: Asked): string => {
  if (answer.verdict === "not_enough_data")
    return "Not enough data: no request has both a score and a verdict of users.";
  const { n, tooKind, tooHarsh, rate, ci } = answer;
  const share = `${formatPercent(rate)} of ${formatCounted(n, "request")} (${intervalHeading(confidence)} ${formatPercentInterval(ci)})`;
  return answer.verdict === "none_found"
    ? `None: evaluator and users say the opposite on ${share}.`
    : `Evaluator and users say the opposite on ${share}: the evaluator is too kind on ${formatCount(tooKind)} of them, and too harsh on ${formatCount(tooHarsh)}.`;
};

const directions = {
  evaluator_too_kind: "too kind",
  evaluator_too_harsh: "too harsh",
} as const;

const describeOutput = (output: MiscalibratedOutput): string => {
  const { requestId, direction, sureness, score, humanScore, votes } = output;
  const said = `score ${score.toFixed(2)}, users ${humanScore.toFixed(1)} of 5 (${formatCounted(votes.length, "vote")})`;
  return describeRequest(
    requestId,
    ["evaluator", `${directions[direction]} (${sureness.toFixed(2)}): ${said}`],
    output,
  );
};
