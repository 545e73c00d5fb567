import type { FeedbackSummary } from "@heed/core";
import { printable } from "../printable.ts";

/** The feedback on one request, as text for people. */
export const describeSummary = (summary: FeedbackSummary): string => {
  const { thumbsUp, thumbsDown, ratingCount, avgRating, humanScore, comments } = summary;
  const rows = [
    ["thumbs", `${thumbsUp} up, ${thumbsDown} down`],
    ["reasons", listed(summary.reasons)],
    ["ratings", avgRating === null ? "none" : `${ratingCount}, mean ${avgRating.toFixed(1)} of 5`],
    ["comments", comments.map(({ text }) => `"${printable(text)}"`).join(" ") || "none"],
    ["human score", humanScore === null ? "no standing vote" : `${humanScore.toFixed(1)} of 5`],
    ["used", listed(summary.usageIndicators)],
    ["thrown away", listed(summary.discards)],
  ] as const;
  const lines = rows.map(([what, text]) => `  ${what.padEnd(13)}${text}\n`);
  return `Summary of request ${printable(summary.requestId)}\n\n${lines.join("")}`;
};

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ") || "none";
