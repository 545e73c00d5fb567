import type { Satisfaction } from "@heed/core";
import { printable } from "../printable.ts";
import type { Asked } from "./asked.ts";
import { clip } from "./clip.ts";
import { describeDenominator } from "./describe-denominator.ts";
import { describeOutcomeDependence } from "./describe-outcome-dependence.ts";
import {
  formatCount,
  formatCounted,
  formatPercent,
  formatPercentInterval,
  intervalHeading,
} from "./format-number.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { table } from "./table.ts";

type Estimated = Extract<Satisfaction, { verdict: "estimated" }>;

/** What `estimateSatisfaction` found, as text for people: the share of good outputs, and how far to trust it. */
export const describeSatisfaction = (answer: Satisfaction, asked: Asked = {}): string => {
  const { requests, verdicts, neutral, audits } = answer;
  const title = `Good outputs: ${formatCounted(requests, "request")}, ${formatCount(verdicts)} with a verdict of users, ${formatCount(audits)} audited`;
  const counted = [
    neutral > 0 ? `Votes that say neither good nor bad: on ${formatCounted(neutral, "request")}.` : null,
    describeDenominator(answer.denominator),
  ];
  if (answer.verdict === "not_enough_data") {
    const { needed, have } = answer;
    const missing = `Not enough data: verdicts of users on ${needed} requests are needed, or ${needed} audits, and there are ${have.verdicts} and ${have.audits}.`;
    return paragraphs([lines([title, missing]), lines(counted)]);
  }
  return paragraphs([
    lines([title, headline(answer, asked)]),
    figures(answer, asked),
    lines([pooled(answer), tippingPoint(answer), describeOutcomeDependence(answer), ...counted]),
  ]);
};

const assumptions = {
  missing_completely_at_random: "those who vote are like those who do not",
  missing_at_random_within_cells: "within each group, those who vote are like those who do not",
  audits_are_a_random_sample: "the audited requests are a random sample",
} as const;

const headline = (answer: Estimated, { confidence }: Asked): string => {
  const { estimate, againstTarget, tippingPoint: tipping } = answer;
  const { share, ci, assumes } = estimate;
  const target = formatPercent(tipping.target);
  const against =
    againstTarget === "unclear"
      ? `not clearly above or below the target of ${target}`
      : `${againstTarget} the target of ${target}`;
  return `${formatPercent(share)} of all outputs are good (${intervalHeading(confidence)} ${formatPercentInterval(ci)}), ${against}, if ${assumptions[assumes]}.`;
};

const whyNot = {
  too_few_verdicts: "too few verdicts",
  one_cell: "fewer than two groups",
  too_few_audits: "too few audits",
  audits_not_random: "unlike other requests",
  scores_do_not_help: "the score does not help",
} as const;

const figures = (answer: Estimated, { confidence }: Asked): string => {
  const names = {
    naive: "votes as they are",
    weighted: `votes, each ${clip(answer.by, 16)} at its share`,
    audited: "audits",
    ppi: `audits with score "${clip(answer.score, 16)}" (PPI++)`,
  } as const;
  const row = (method: keyof typeof names): readonly string[] => {
    const estimate = answer[method];
    const reason = answer.unavailable[method];
    return [
      names[method],
      estimate ? formatPercent(estimate.share) : "-",
      estimate ? formatPercentInterval(estimate.ci) : "-",
      estimate ? formatCount(estimate.n) : "-",
      reason ? whyNot[reason] : answer.estimate.method === method ? "the estimate to go by" : "",
    ];
  };
  return table(
    [
      ["", "good", intervalHeading(confidence), "n", ""],
      row("naive"),
      row("weighted"),
      row("audited"),
      row("ppi"),
    ],
    [0, 4],
  );
};

const pooled = ({ weighted, by }: Estimated): string | null => {
  if (!weighted || weighted.pooled.length === 0) return null;
  const names = weighted.pooled.slice(0, 10).map((name) => (name === null ? "(none)" : clip(name, 24)));
  const more = weighted.pooled.length - names.length;
  return `Too few verdicts of their own, and weighed together: ${printable(by)} ${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}.`;
};

/** What those who said nothing would have to think. */
const tippingPoint = ({ tippingPoint: tipping }: Estimated): string => {
  const { target, responseRate, silent, bounds, silentShare, silentShareByEstimate } = tipping;
  if (silent === 0) return "Every request has a verdict: nobody is silent.";
  const rate = `Users give a verdict on ${formatPercent(responseRate)} of the requests`;
  const taken =
    silentShareByEstimate === null
      ? ""
      : `; the estimate takes the others to be good at ${formatPercent(silentShareByEstimate)}`;
  return silentShare === null
    ? `${rate}${taken}. Whatever the others are, between ${formatPercentInterval(bounds)} are good.`
    : `${rate}${taken}. Were ${formatPercent(silentShare)} of them good, all together would be just at the target of ${formatPercent(target)}.`;
};
