import type { AuditSample } from "@heed/core";
import { clip } from "./clip.ts";
import { formatCount, formatCounted, formatPercent } from "./format-number.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { pageWidth } from "./wrap.ts";

/** What `drawAuditSample` drew, as text for people: the requests to judge, a line each, and what to do with them. */
export const describeAuditSample = (sample: AuditSample): string => {
  if (sample.verdict === "not_enough_data")
    return paragraphs(["Requests to audit\nNot enough data: no request was logged."]);
  const { requestIds, population, inclusionProbability, seed } = sample;
  return paragraphs([
    lines([
      "Requests to audit",
      `Judge these ${formatCounted(requestIds.length, "request")}, drawn by chance from ${formatCount(population)} (${formatPercent(inclusionProbability)} of them; seed ${seed}).`,
    ]),
    lines(requestIds.map((id) => `  ${clip(id, pageWidth - 2)}`)),
    'Record each judgement as the score "audit", 1 for good and 0 for bad: heed analyze satisfaction reads them there. Judge none that was not drawn.',
  ]);
};
