import type { ResponseTime, ServiceLevel, ServiceLevels } from "@heed/core";
import { printable } from "../printable.ts";
import type { Asked } from "./asked.ts";
import { clip } from "./clip.ts";
import { describeDenominator } from "./describe-denominator.ts";
import { describeLeftOut } from "./describe-left-out.ts";
import { formatDuration } from "./format-duration.ts";
import { formatCount, formatPercent, formatPercentInterval, intervalHeading } from "./format-number.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { table } from "./table.ts";

/** What `reportServiceLevels` reported, as text for people: how much users say, how content they are, how long they wait. */
export const describeServiceLevels = (answer: ServiceLevels, asked: Asked = {}): string => {
  const title = `Service levels${answer.by === null ? "" : `, by ${printable(answer.by)}`}`;
  if (answer.verdict === "not_enough_data")
    return paragraphs([lines([title, "Not enough data: no request was logged."])]);
  const { by, rows, dropped, denominator } = answer;
  const nameOf = ({ value }: ServiceLevel): string =>
    value !== null ? clip(value, 22) : by === null ? "all" : "(none)";
  const waits = (pick: (row: ServiceLevel) => ResponseTime): string =>
    describeWaits(
      rows.map((row) => [nameOf(row), pick(row)]),
      asked,
    );
  return paragraphs([
    title,
    table([
      ["", "requests", "voted", "rate", intervalHeading(asked.confidence), "good", "of", "interval"],
      ...rows.map((row) => [nameOf(row), ...feedbackOf(row)]),
    ]),
    lines([
      "Until users were told what came of their negative feedback",
      waits((row) => row.acknowledgement),
    ]),
    lines(["Until something was changed after it", waits((row) => row.resolution)]),
    lines([
      "What is still open counts in the medians for as long as it has waited; - where too much is open to know, or nothing was said.",
      "That a change came later, and for these requests, is all that is known of it: not that it solved the matter.",
      describeDenominator(denominator),
      describeLeftOut([
        [dropped.neutral, "neither good nor bad, in the share of good ones"],
        [dropped.notLogged, "never logged"],
      ]),
    ]),
  ]);
};

const feedbackOf = ({ requests, feedbackRate, satisfaction }: ServiceLevel): readonly string[] => [
  formatCount(requests),
  ...(feedbackRate
    ? [
        formatCount(feedbackRate.withFeedback),
        formatPercent(feedbackRate.rate),
        formatPercentInterval(feedbackRate.ci),
      ]
    : ["-", "-", "-"]),
  ...(satisfaction
    ? [formatPercent(satisfaction.share), formatCount(satisfaction.n), formatPercentInterval(satisfaction.ci)]
    : ["-", "-", "-"]),
];

const describeWaits = (
  rows: readonly (readonly [name: string, time: ResponseTime])[],
  { confidence }: Asked,
): string =>
  table([
    ["", "negative", "open", "oldest", "median", intervalHeading(confidence), "90 % within"],
    ...rows.map(([name, { n, open, oldestOpenMs, medianMs, medianCiMs, p90Ms }]) => [
      name,
      formatCount(n),
      formatCount(open),
      durationOf(oldestOpenMs),
      durationOf(medianMs),
      medianCiMs.every((end) => end === null) ? "-" : medianCiMs.map(durationOf).join(" to "),
      durationOf(p90Ms),
    ]),
  ]);

const durationOf = (durationMs: number | null): string =>
  durationMs === null ? "-" : formatDuration(durationMs);
