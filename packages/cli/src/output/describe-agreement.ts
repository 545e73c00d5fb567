import type { Agreement, Share } from "@heed/core";
import { printable } from "../printable.ts";
import type { Asked } from "./asked.ts";
import { describeLeftOut } from "./describe-left-out.ts";
import {
  formatCount,
  formatCounted,
  formatInterval,
  formatNumber,
  formatPercent,
  formatPercentInterval,
  intervalHeading,
} from "./format-number.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { table } from "./table.ts";

type Estimated = Extract<Agreement, { verdict: "estimated" }>;

/** What `measureAgreement` found, as text for people: how far the verdicts agree, which met which, and the ceiling. */
export const describeAgreement = (answer: Agreement, asked: Asked = {}): string => {
  const isEstimated = answer.verdict === "estimated";
  return paragraphs([
    lines([`${titleOf(answer)}`, headline(answer, asked)]),
    counts(answer),
    isEstimated ? shares(answer, asked) : null,
    lines([
      isEstimated ? weightedKappas(answer) : null,
      ceiling(answer, asked),
      ...(isEstimated ? answer.warnings.map((warning) => warnings[warning]) : []),
      ties(answer),
      leftOut(answer),
    ]),
  ]);
};

const titleOf = (answer: Agreement): string => {
  const n = answer.verdict === "not_enough_data" ? answer.have : answer.n;
  return `Verdicts of score "${printable(answer.score)}" against those of the votes: ${formatCounted(n, "request")} with both`;
};

const constants = {
  humanScore: "the votes say",
  score: "the evaluator says",
  both: "both sides say",
} as const;

const headline = (answer: Agreement, { confidence }: Asked): string => {
  switch (answer.verdict) {
    case "not_enough_data":
      return `Not enough data: ${answer.needed} requests with both verdicts are needed, and there are ${answer.have}.`;
    case "no_variation":
      return `Nothing to compare: ${constants[answer.constant]} the same of every request.`;
    case "estimated": {
      const { kappa, ci } = answer.kappa;
      const interval = ci ? `, ${intervalHeading(confidence)} ${formatInterval(ci)}` : "";
      const figure = `kappa ${formatNumber(kappa)}${interval}`;
      return ci && ci[0] <= 0 && ci[1] >= 0
        ? `No clear agreement: the evaluator agrees with the users no more than chance may give (${figure}).`
        : kappa < 0
          ? `The evaluator contradicts the users more than chance gives (${figure}).`
          : `The agreement of evaluator and users is ${strength(kappa)} (${figure}; 0 is chance, 1 is full agreement).`;
    }
  }
};

/** The usual words: Landis and Koch, "The measurement of observer agreement", Biometrics 33 (1977). */
const strength = (kappa: number): string =>
  kappa <= 0.2
    ? "slight"
    : kappa <= 0.4
      ? "fair"
      : kappa <= 0.6
        ? "moderate"
        : kappa <= 0.8
          ? "substantial"
          : "almost perfect";

const counts = ({ confusion: { codes, table: cells } }: Agreement): string => {
  const all = Object.entries(codes);
  // Either side has a neutral verdict only where it was given one.
  const rows = all.filter(([name, row]) => name !== "neutral" || cells[row]!.some((count) => count > 0));
  const columns = all.filter(([name, column]) => name !== "neutral" || cells.some((row) => row[column]! > 0));
  return table([
    ["", ...columns.map(([name]) => `evaluator says ${name}`)],
    ...rows.map(([name, row]) => [
      `users say ${name}`,
      ...columns.map(([, column]) => formatCount(cells[row]![column]!)),
    ]),
  ]);
};

const shares = (answer: Estimated, { confidence }: Asked): string => {
  const row = (name: string, share: Share | null, meaning: string): readonly (readonly string[])[] =>
    share
      ? [[name, formatPercent(share.share), formatPercentInterval(share.ci), formatCount(share.n), meaning]]
      : [];
  const rows = [
    ...row("accuracy", answer.accuracy, "both say the same"),
    ...row("balanced accuracy", answer.balancedAccuracy, "50 % for one that always says the same"),
    ...row("precision", answer.precision, "users say good, where the evaluator does"),
    ...row("recall", answer.recall, "the evaluator says good, where users do"),
    ...row("specificity", answer.specificity, "the evaluator says bad, where users do"),
    ...row("prevalence", answer.prevalence, "users say good"),
  ];
  return rows.length === 0
    ? ""
    : table([["", "share", intervalHeading(confidence), "n", "that is"], ...rows], [0, 4]);
};

const weightedKappas = ({ kappaLinear, kappaQuadratic }: Estimated): string | null => {
  const part = (name: string, { kappa, ci }: NonNullable<Estimated["kappaLinear"]>): string =>
    `${name} ${formatNumber(kappa)}${ci ? ` (${formatInterval(ci)})` : ""}`;
  return kappaLinear && kappaQuadratic
    ? `Kappa by the steps between bad, neutral and good: ${part("linear", kappaLinear)}, ${part("quadratic", kappaQuadratic)}.`
    : null;
};

const ceiling = ({ humanCeiling }: Agreement, { confidence }: Asked): string => {
  const shared = `${formatCounted(humanCeiling.requests, "request")} that several users voted on`;
  switch (humanCeiling.verdict) {
    case "no_shared_requests":
      return "How far users agree with each other is unknown: no request has votes of two of them.";
    case "no_variation":
      return `How far users agree with each other is unknown: all votes on the ${shared} are the same.`;
    case "estimated": {
      const { alpha, ci, ofVerdicts } = humanCeiling;
      const interval = ci ? `, ${intervalHeading(confidence)} ${formatInterval(ci)}` : "";
      const verdicts = ofVerdicts
        ? `; of their verdicts, to compare with kappa, ${formatNumber(ofVerdicts.alpha)}${ofVerdicts.ci ? ` (${formatInterval(ofVerdicts.ci)})` : ""}`
        : "";
      return `Users agree with each other by Krippendorff's alpha ${formatNumber(alpha)}${interval}, on ${shared}${verdicts}.`;
    }
  }
};

const warnings = {
  at_human_ceiling:
    "The evaluator agrees with users about as far as users do with each other: these votes could hardly show a better one.",
  humans_disagree:
    "Users agree with each other no more than chance gives: there is little here to agree with.",
} as const;

const ties = ({ ties: { human, evaluator, neutral } }: Agreement): string | null => {
  const counted = neutral === "category" ? "are neutral" : "are neutral, and left out";
  return lines([
    human > 0 ? `On ${formatCounted(human, "request")} the votes ${counted}.` : null,
    evaluator ? `${formatCounted(evaluator, "score")} exactly at the threshold: counted as good.` : null,
  ]);
};

const leftOut = ({ dropped }: Agreement): string =>
  describeLeftOut([
    [dropped.noVotes, "without a vote"],
    [dropped.noScore, "without the score"],
    [dropped.notLogged, "voted on but never logged"],
  ]);
