import type { CorrelationTable, FeedbackCorrelation } from "@heed/core";
import { printable } from "../printable.ts";
import type { Asked } from "./asked.ts";
import { clip } from "./clip.ts";
import { describeNoCorrelation, spearmanInterval } from "./describe-correlation.ts";
import {
  formatCount,
  formatCounted,
  formatInterval,
  formatNumber,
  formatP,
  intervalHeading,
} from "./format-number.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { table } from "./table.ts";

type Row = CorrelationTable["rows"][number];
type Estimated = Extract<Row, { verdict: "estimated" }>;

/** What `correlateFeedbackWithMetrics` found of several scores, as text for people: the best, and a table. */
export const describeCorrelationTable = ({ level, rows }: CorrelationTable, asked: Asked = {}): string => {
  const title = `Scores against votes, by ${printable(level)}: ${formatCounted(rows.length, "score")}`;
  if (rows.length === 0)
    return paragraphs([lines([title, "Nothing to compare: no voted request has any automatic score."])]);
  const estimated = rows.filter(isEstimated);
  if (estimated.length === 0)
    return paragraphs([
      lines([
        title,
        ...rows.map(
          (row) => `"${clip(row.score, 26)}": ${isEstimated(row) ? "" : describeNoCorrelation(row)}`,
        ),
      ]),
    ]);
  return paragraphs([
    lines([title, headline(estimated)]),
    table(
      [
        ["score", "n", "Spearman", intervalHeading(asked.confidence), "Pearson", "q", "says"],
        ...rows.map(figures),
      ],
      [0, 6],
    ),
    lines([
      estimated.some(({ clustered }) => clustered?.spearman)
        ? "The intervals are Spearman's, and allow for users who voted several times."
        : "The intervals are Spearman's.",
      "q is its p-value, corrected for the number of scores: up to 0.05 is more than chance.",
    ]),
  ]);
};

const isEstimated = (row: Row): row is Estimated => row.verdict === "estimated";

const directionOf = (row: Estimated): "with" | "against" | "unclear" => {
  const [low, high] = spearmanInterval(row);
  return low > 0 ? "with" : high < 0 ? "against" : "unclear";
};

const headline = (rows: readonly Estimated[]): string => {
  const going = (direction: ReturnType<typeof directionOf>) =>
    rows.filter((row) => directionOf(row) === direction);
  const named = (row: FeedbackCorrelation): string => `"${clip(row.score, 26)}"`;
  const [best, ...others] = going("with").sort((a, b) => b.spearman.r - a.spearman.r);
  const against = going("against");
  const withVotes = !best
    ? "No score goes with the votes beyond chance."
    : others.length === 0
      ? `${named(best)} goes with the votes: where it is higher, people vote better.`
      : `${others.length + 1} scores go with the votes, ${named(best)} most.`;
  return against.length === 0
    ? withVotes
    : `${withVotes} Against the votes, and not to be trusted: ${against.map(named).join(", ")}.`;
};

const readings = { with: "with the votes", against: "against the votes", unclear: "unclear" } as const;

const figures = (row: Row): readonly string[] => {
  const name = clip(row.score, 26);
  if (!isEstimated(row)) {
    const n = row.verdict === "no_variation" ? row.n : row.have;
    const reading = row.verdict === "no_variation" ? "no differences" : "not enough data";
    return [name, formatCount(n), "-", "-", "-", "-", reading];
  }
  return [
    name,
    formatCount(row.n),
    formatNumber(row.spearman.r),
    formatInterval(spearmanInterval(row)),
    formatNumber(row.pearson.r),
    row.q === null ? "-" : formatP(row.q),
    readings[directionOf(row)],
  ];
};
