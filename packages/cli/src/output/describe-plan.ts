import type { RetrainingPlan } from "@heed/core";
import { printable } from "../printable.ts";
import { describeLeftOut } from "./describe-left-out.ts";
import { formatCount, formatPercent, formatPoints, formatPointsInterval } from "./format-number.ts";
import { formatMinute } from "./format-time.ts";
import { lines, paragraphs } from "./paragraphs.ts";

type Reason = Extract<RetrainingPlan, { reasons: unknown }>["reasons"][number];

const sentences: Readonly<Record<Reason["reason"], (reason: Reason) => string>> = {
  never_trained: ({ have }) => `no training is known, and there are ${formatCount(have)} labels`,
  due: ({ have, needed }) => `${days(have)} have passed, of ${days(needed)}`,
  overdue: ({ have, needed }) => `${days(have)} have passed, more than ${days(needed)}`,
  agreement_fell: ({ have, needed }) =>
    `the evaluator agrees with users on ${formatPercent(have)} of the labels, and did on ${formatPercent(needed)}`,
  too_soon: ({ have, needed }) => `${days(have)} have passed, of ${days(needed)}`,
  too_few_new_labels: ({ have, needed }) =>
    `there are ${formatCount(have)} new labels, of ${formatCount(needed)}`,
  too_few_of_rarer_verdict: ({ have, needed }) =>
    `of the rarer verdict there are ${formatCount(have)} new labels, of ${formatCount(needed)}`,
};

const days = (count: number): string => `${+count.toFixed(1)} days`;

/** What `planRetraining` was asked with. */
interface PlanAsked {
  readonly evaluator?: string | undefined;
  readonly lastTrainedAt?: Date | undefined;
}

/** What `planRetraining` says, as text for people. */
export const describePlan = (plan: RetrainingPlan, asked: PlanAsked = {}): string =>
  paragraphs([
    lines([`Retraining the evaluator of score "${printable(plan.score)}"`, verdict(plan)]),
    lines([
      lastTraining(plan, asked),
      `Labels: ${labels(plan.labels)}. New: ${labels(plan.newLabels)}.`,
      agreement(plan),
      describeLeftOut([
        [plan.dropped.noScore, "without the score"],
        [plan.dropped.neutral, "that users call neither good nor bad"],
        [plan.dropped.notLogged, "voted on but never logged"],
      ]),
    ]),
  ]);

/** An evaluator's file tells what it was trained on, and not when. */
const lastTraining = ({ lastTrainedAt }: RetrainingPlan, asked: PlanAsked): string => {
  if (lastTrainedAt === null)
    return "When it was trained last is not known: all labels are new. --evaluator or --last-trained-at says it.";
  const isOfFile = asked.evaluator !== undefined && asked.lastTrainedAt === undefined;
  return `${isOfFile ? "Trained last on requests up to" : "Trained last at"} ${formatMinute(lastTrainedAt)}.`;
};

const verdict = (plan: RetrainingPlan): string => {
  if (plan.verdict === "not_enough_data")
    return `Not enough data: it takes ${plan.needed} labels that are ${plan.lacking.replaceAll("_", " ")}, and there are ${plan.have}.`;
  const why = plan.reasons.map((reason) => sentences[reason.reason](reason)).join("; ");
  return plan.verdict === "retrain" ? `Train it anew: ${why}.` : `Wait: ${why}.`;
};

const labels = ({ n, good, bad }: RetrainingPlan["labels"]): string =>
  `${formatCount(n)}, ${formatCount(good)} good and ${formatCount(bad)} bad`;

const agreement = ({ agreement: found }: RetrainingPlan): string | null =>
  found &&
  `Evaluator and users agree on ${formatPercent(found.since)} of the new labels, ${formatPoints(found.difference)} (${formatPointsInterval(found.ci)}) against before.`;
