import type { Drift } from "@heed/core";
import type { Asked } from "./asked.ts";
import { nameOfMetric } from "./describe-drift.ts";
import { formatCount, formatInterval, formatSigned, intervalHeading } from "./format-number.ts";
import { formatDay } from "./format-time.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { table } from "./table.ts";

/** What `detectDrift` found of several metrics, as text for people: which moved, and a table. */
export const describeDrifts = (answers: readonly Drift[], asked: Asked = {}): string => {
  const isDrift = answers.some(({ verdict }) => verdict === "drift");
  return paragraphs([
    lines(["Metrics day by day", headline(answers)]),
    table(
      [
        ["", "days", "says", "from", "difference", intervalHeading(asked.confidence)],
        ...answers.map(figures),
      ],
      [0, 2, 3],
    ),
    isDrift
      ? "Days were chosen where differences show, so that these are a little too large. More of each: heed analyze drift."
      : null,
  ]);
};

const headline = (answers: readonly Drift[]): string => {
  const moved = answers.filter(({ verdict }) => verdict === "drift");
  if (moved.length > 0) return `Moved: ${moved.map(nameOfMetric).join("; ")}.`;
  if (answers.some(({ verdict }) => verdict === "stable"))
    return "Nothing moved beyond what days differ by anyway.";
  return "Not enough data: no metric has days enough that differ.";
};

const figures = (answer: Drift): readonly string[] => {
  const row = (says: string, from = "-", difference = "-", interval = "-"): readonly string[] => [
    nameOfMetric(answer),
    formatCount(answer.series.length),
    says,
    from,
    difference,
    interval,
  ];
  switch (answer.verdict) {
    case "not_enough_data":
      return row(`needs ${answer.needed} days`);
    case "no_variation":
      return row("no differences");
    case "stable":
      return row("stable");
    case "drift":
      return row(
        answer.direction,
        formatDay(answer.changedOn),
        formatSigned(answer.difference),
        answer.ci ? formatInterval(answer.ci) : "-",
      );
  }
};
