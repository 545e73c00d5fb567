import type { Improvement, Period } from "@heed/core";
import type { Asked } from "./asked.ts";
import {
  formatCount,
  formatInterval,
  formatNumber,
  formatP,
  formatSigned,
  intervalHeading,
} from "./format-number.ts";
import { formatSegment } from "./format-segment.ts";
import { table } from "./table.ts";

type Compared = Exclude<Improvement, { verdict: "not_enough_data" }>;

/** Both periods, their difference by each estimate there is, and the tests, as rows of text; empty without data. */
export const describeImpactFigures = (answer: Improvement, asked: Asked): string => {
  if (answer.verdict === "not_enough_data") return "";
  const rows = [...estimates(answer, asked), ...tests(answer)];
  const width = Math.max(...rows.map(([name]) => name.length));
  return `${periods(answer)}\n${rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}\n`).join("")}`;
};

const periods = (answer: Compared): string => {
  const row = (name: string, { n, mean, sd }: Period): readonly string[] => [
    name,
    formatCount(n),
    formatNumber(mean),
    formatNumber(sd),
  ];
  const control = "basis" in answer ? answer.differenceInDifferences?.control : undefined;
  return table([
    ["", "n", "mean", "sd"],
    row("before", answer.before),
    row("after", answer.after),
    ...(control
      ? [
          row(`${formatSegment([control], 40)} before`, control.before),
          row(`${formatSegment([control], 40)} after`, control.after),
        ]
      : []),
  ]);
};

type Row = readonly [name: string, text: string];

const estimates = (answer: Compared, { confidence }: Asked): readonly Row[] => {
  const within = (ci: readonly [number, number] | null): string =>
    ci ? `, ${intervalHeading(confidence)} ${formatInterval(ci)}` : "";
  const plain = `${formatSigned(answer.difference)}${percent(answer)}${within("significant" in answer ? answer.ci : null)}`;
  const rows: Row[] = [["difference", plain]];
  if (!("basis" in answer)) return rows;
  const { mixAdjustment: mix, differenceInDifferences: control } = answer;
  if (mix)
    rows.push([
      "at the mix before",
      `${formatSigned(mix.difference)}${within(mix.ci)} (the mix alone: ${formatSigned(mix.mixShift)})`,
    ]);
  if (control) rows.push(["less the control", `${formatSigned(control.difference)}${within(control.ci)}`]);
  const sequence = "significant" in answer ? answer.confidenceSequence : undefined;
  if (sequence)
    rows.push([
      `at all ${formatCount(sequence.looks)} looks`,
      `${formatSigned(sequence.difference)}${within(sequence.ci)}`,
    ]);
  return rows;
};

const percent = (answer: Compared): string => {
  if (!("improvementPct" in answer) || answer.improvementPct === null) return "";
  const { improvementPct: share } = answer;
  return ` (${share < 0 ? "" : "+"}${share.toFixed(1)} %)`;
};

const tests = (answer: Compared): readonly Row[] => {
  if (!("significant" in answer)) return [];
  const { welch, student, mannWhitney, hedgesG } = answer;
  const test = ({ t, df, p }: typeof welch) => `t ${formatNumber(t)}, df ${df.toFixed(1)}, p ${formatP(p)}`;
  return [
    ["Welch", test(welch)],
    ["Student", test(student)],
    ...(mannWhitney
      ? [
          [
            "Mann-Whitney",
            `z ${formatNumber(mannWhitney.z)}, p ${formatP(mannWhitney.p)}, Cliff's delta ${formatNumber(mannWhitney.cliffsDelta)}`,
          ] as const,
        ]
      : []),
    ["Hedges' g", formatNumber(hedgesG)],
  ];
};
