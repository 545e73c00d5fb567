import type { Drift } from "@heed/core";
import type { Asked } from "./asked.ts";
import { clip } from "./clip.ts";
import {
  formatCount,
  formatCounted,
  formatInterval,
  formatNumber,
  formatP,
  formatSigned,
  intervalHeading,
} from "./format-number.ts";
import { formatDay } from "./format-time.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { table } from "./table.ts";

/** What `detectDrift` found, as text for people: whether and when the metric moved, and by how much. */
export const describeDrift = (answer: Drift, asked: Asked = {}): string =>
  paragraphs([
    lines([titleOf(answer), headline(answer, asked)]),
    answer.verdict === "drift" ? figures(answer) : null,
    lines([
      answer.verdict === "drift"
        ? "The day was chosen where the difference shows, so that the difference is a little too large."
        : null,
      stability(answer),
    ]),
  ]);

/** What an answer is about; the gap is in points of 1 to 5. */
export const nameOfMetric = ({ metric, score }: Drift): string =>
  ({
    score: `Score "${clip(score, 20)}"`,
    humanScore: "What users say, 1 to 5",
    feedbackRate: "Share of requests voted on",
    gap: `Score "${clip(score, 20)}" above users`,
  })[metric];

const titleOf = (answer: Drift): string => {
  const { series } = answer;
  const [first, last] = [series[0], series.at(-1)];
  const days =
    first && last
      ? ` over ${formatCounted(series.length, "day")} with data, ${formatDay(first.day)} to ${formatDay(last.day)}`
      : "";
  return `${nameOfMetric(answer)}${days}`;
};

const headline = (answer: Drift, { confidence }: Asked): string => {
  switch (answer.verdict) {
    case "not_enough_data":
      return `Not enough data: ${answer.needed} days with data are needed, and there are ${answer.have}.`;
    case "no_variation":
      return "Nothing to measure against: the days that are learned from are all the same.";
    case "stable":
      return "Stable: no drift beyond what days differ by anyway.";
    case "drift": {
      const { direction, changedOn, detectedOn, difference, ci } = answer;
      const interval = ci ? ` (${intervalHeading(confidence)} ${formatInterval(ci)})` : "";
      return `It went ${direction} from ${formatDay(changedOn)} on, by ${formatSigned(difference)}${interval}; this shows since ${formatDay(detectedOn)}.`;
    }
  }
};

const figures = ({ before, after }: Extract<Drift, { verdict: "drift" }>): string =>
  table([
    ["", "n", "mean", "sd"],
    ...([before, after] as const).map(({ n, mean, sd }, at) => [
      at === 0 ? "before" : "after",
      formatCount(n),
      formatNumber(mean),
      sd === null ? "-" : formatNumber(sd),
    ]),
  ]);

const stability = (answer: Drift): string | null => {
  const psi = "psi" in answer ? answer.psi : null;
  if (!psi || psi.psi === null || psi.p === null || psi.expectedUnderNoDrift === null) return null;
  const figure = `population stability index ${formatNumber(psi.psi)}, of which chance alone gives about ${formatNumber(psi.expectedUnderNoDrift)}, p ${formatP(psi.p)}`;
  return psi.p <= 0.05
    ? `The last days have other scores than the first (${figure}).`
    : `The last days have scores like the first (${figure}).`;
};
