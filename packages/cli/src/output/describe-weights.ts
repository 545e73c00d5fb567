import type { FeedbackWeights } from "@heed/core";
import { printable } from "../printable.ts";
import type { Asked } from "./asked.ts";
import { clip } from "./clip.ts";
import { describeDenominator } from "./describe-denominator.ts";
import { formatCount, formatCounted, formatHumanScore, intervalHeading } from "./format-number.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { table } from "./table.ts";

type Weighted = Extract<FeedbackWeights, { cells: unknown }>;

const methods = {
  post_stratification: "post-stratification",
  inverse_rate: "inverse feedback rates",
  raking: "raking",
} as const;

/** What `weightFeedbackForBalance` found, as text for people: what a voted request of each cell counts for, and what that changes. */
export const describeWeights = (answer: FeedbackWeights, asked: Asked = {}): string => {
  const title = `Weights of votes by ${answer.by.map(printable).join(" and ")}, by ${methods[answer.method]}`;
  const denominator = describeDenominator(answer.denominator);
  if (!("cells" in answer)) return paragraphs([lines([title, whyNone(answer)]), denominator]);
  return paragraphs([
    lines([title, headline(answer)]),
    cells(answer),
    means(answer, asked),
    lines([
      spread(answer),
      ...notes(answer),
      "They help as far as, within each row, those who vote are like those who do not.",
      denominator,
    ]),
  ]);
};

const whyNone = (answer: Exclude<FeedbackWeights, Weighted>): string =>
  answer.verdict === "not_enough_data"
    ? `Not enough data: ${answer.needed} voted requests are needed, and there are ${answer.have}.`
    : `No weights: the labels contradict each other in these requests (after ${formatCount(answer.sweeps)} rounds). Take fewer labels.`;

const headline = ({ verdict, humanScore: { unweighted, weighted } }: Weighted): string => {
  if (verdict === "nothing_to_weight")
    return "Nothing to weigh: no two groups have enough votes, so that every vote counts the same.";
  if (unweighted.mean === null || weighted.mean === null)
    return "Each group counts for its share of requests.";
  return `With each group counting for its share of requests, users say ${formatHumanScore(weighted.mean)} of 5 instead of ${formatHumanScore(unweighted.mean)}.`;
};

const mostCells = 30;

const cells = ({ by, cells: all, trimmed }: Weighted): string => {
  const width = Math.max(10, Math.floor(56 / by.length));
  const names = by.map((label) => clip(label, width));
  const rows = all
    .slice(0, mostCells)
    .map(({ labels, population, respondents, untrimmedWeight, weight }) => [
      ...labels.map((label) => (label === undefined ? "(none)" : clip(label, width))),
      formatCount(population),
      formatCount(respondents),
      weight.toFixed(2),
      ...(trimmed > 0 ? [untrimmedWeight.toFixed(2)] : []),
    ]);
  const heading = [...names, "requests", "voted", "weight", ...(trimmed > 0 ? ["before trimming"] : [])];
  const more = all.length - rows.length;
  return `${table([heading, ...rows], [...by.keys()])}${more > 0 ? `${formatCounted(more, "more row")}: see --json.\n` : ""}`;
};

const means = ({ humanScore }: Weighted, { confidence }: Asked): string =>
  table([
    ["mean human score, 1 to 5", "mean", intervalHeading(confidence), "n"],
    ...(["unweighted", "weighted"] as const).map((name) => {
      const { mean, ci, n } = humanScore[name];
      return [
        name,
        mean === null ? "-" : formatHumanScore(mean),
        ci === null ? "-" : ci.map(formatHumanScore).join(" to "),
        formatCount(n),
      ];
    }),
  ]);

const spread = ({ spread: { after }, n }: Weighted): string =>
  `Weights cost precision: ${formatCounted(n, "voted request")} so weighted say as much as ${after.effectiveSize.toFixed(1)} weighted alike (design effect ${after.designEffect.toFixed(2)}); the largest weight is ${after.maxWeight.toFixed(2)}.`;

const notes = ({ pooled, outsidePopulation, trimmed }: Weighted): readonly string[] => [
  ...(pooled.length > 0
    ? [
        `Too few votes of their own, and weighed together: ${pooled
          .slice(0, 10)
          .map(({ labels }) =>
            labels.map((label) => (label === undefined ? "(none)" : clip(label, 24))).join(" "),
          )
          .join(", ")}${pooled.length > 10 ? ` and ${pooled.length - 10} more` : ""}.`,
      ]
    : []),
  ...(trimmed > 0 ? [`Cut to the largest weight: ${formatCounted(trimmed, "voted request")}.`] : []),
  ...(outsidePopulation > 0
    ? [`Outside the given population, and left out: ${formatCounted(outsidePopulation, "voted request")}.`]
    : []),
];
