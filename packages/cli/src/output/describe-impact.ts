import type { Improvement } from "@heed/core";
import { printable } from "../printable.ts";
import {
  formatCount,
  formatCounted,
  formatInterval,
  formatNumber,
  formatP,
  formatSigned,
} from "./format-number.ts";
import { table } from "./table.ts";

/** What `measureImprovementFromChange` found, as text for people: the figures, and what they mean. */
export const describeImpact = (answer: Improvement): string => {
  const head = `Change "${printable(answer.change)}", score "${printable(answer.score)}"`;
  const leftOut =
    answer.dropped > 0 ? `Left out: ${formatCounted(answer.dropped, "request")} without the score.\n` : "";
  return `${head}\n\n${periods(answer)}${tests(answer)}${verdict(answer)}\n${leftOut}`;
};

const periods = (answer: Improvement): string => {
  if (answer.verdict === "not_enough_data") return "";
  const rows = (["before", "after"] as const).map((side) => {
    const { n, mean, sd } = answer[side];
    return [side, formatCount(n), formatNumber(mean), formatNumber(sd)];
  });
  return `${table([["", "n", "mean", "sd"], ...rows])}\n`;
};

const tests = (answer: Improvement): string => {
  if (!("welch" in answer)) return "";
  const { difference, ci, improvementPct: percent, welch, student } = answer;
  const relative = percent === null ? "" : ` (${percent < 0 ? "" : "+"}${percent.toFixed(1)} %)`;
  const test = ({ t, df, p }: typeof welch) => `t ${formatNumber(t)}, df ${df.toFixed(1)}, p ${formatP(p)}`;
  return [
    `  difference  ${formatSigned(difference)}${relative}, 95 % interval ${formatInterval(ci)}\n`,
    `  Welch       ${test(welch)}\n`,
    `  Student     ${test(student)}\n\n`,
  ].join("");
};

const verdict = (answer: Improvement): string => {
  switch (answer.verdict) {
    case "not_enough_data":
      return `Not enough data: each side needs ${formatCounted(answer.needed, "scored request")}, and there are ${answer.have.before} before and ${answer.have.after} after.`;
    case "no_overlap":
      return "Nothing is like with like: no combination of the labels has two requests on each side.";
    case "no_variation":
      return answer.difference === 0
        ? "Nothing to test: every score on either side is the same."
        : `No spread to test against: every score went from ${formatNumber(answer.before.mean)} to ${formatNumber(answer.after.mean)}.`;
    case "not_significant":
      return "No clear change: the interval includes 0, so chance explains the difference.";
    default:
      return `The score ${answer.verdict}, by more than chance explains. That the change did it, dates alone cannot prove.`;
  }
};
