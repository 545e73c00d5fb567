import type { FeedbackTheme, FeedbackThemes } from "@heed/core";
import { printable } from "../printable.ts";
import type { Asked } from "./asked.ts";
import { clip } from "./clip.ts";
import { describeLeftOut } from "./describe-left-out.ts";
import {
  formatCount,
  formatCounted,
  formatPercent,
  formatPercentInterval,
  intervalHeading,
} from "./format-number.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { table } from "./table.ts";
import { pageWidth } from "./wrap.ts";

/** What `explainNegativeFeedback` found, as text for people: a table of themes, then each with where it is and examples. */
export const describeThemes = (answer: FeedbackThemes, asked: Asked = {}): string => {
  const { thumbsDown, withReason, comments, dropped, skipped } = answer;
  const themes = answer.verdict === "themes_found" ? answer.themes : [];
  return paragraphs([
    lines([
      `What users complain of: ${formatCounted(thumbsDown, "thumb")} down, ${formatCount(withReason)} with a reason; ${formatCounted(comments, "comment")}`,
      headline(answer),
    ]),
    themes.length > 0 ? figures(themes, asked) : null,
    ...themes.map(details),
    lines([
      "unthemed" in answer && answer.unthemed > 0
        ? `Comments in none of these themes: ${formatCount(answer.unthemed)}.`
        : null,
      themes.length > 0
        ? "Shares are those of all thumbs down for a reason, and of all such comments for words."
        : null,
      skipped.length > 0
        ? `Not looked at, as they have more values than segments do: ${skipped.map(printable).join(", ")}.`
        : null,
      describeLeftOut(
        [
          [dropped.noVote, "comments on outputs that nobody voted on"],
          [dropped.neutral, "comments of users who voted neither good nor bad"],
          [dropped.flagged, "thumbs down and comments that look suspicious"],
        ],
        "complaint",
      ),
    ]),
  ]);
};

const headline = (answer: FeedbackThemes): string => {
  switch (answer.verdict) {
    case "not_enough_data":
      return `Not enough data: ${formatCounted(answer.needed, "complaint")} have to say why, by a reason or in words, and ${formatCount(answer.have)} do.`;
    case "no_themes":
      return "No themes: users say why, but not the same.";
    case "themes_found": {
      const [largest] = answer.themes;
      return `${formatCounted(answer.themes.length, "theme")}; the largest is ${nameOf(largest!, 60)}: ${saidBy(largest!)}.`;
    }
  }
};

const saidBy = ({ kind, feedback, users }: FeedbackTheme): string =>
  `${formatCounted(feedback, kind === "reason" ? "thumb" : "comment")}${kind === "reason" ? " down" : ""} of ${formatCounted(users, "user")}`;

/** A reason as it is, words in quotes. */
const nameOf = ({ kind, label, terms }: FeedbackTheme, width: number): string =>
  clip(kind === "reason" ? label.replaceAll("_", " ") : terms.map((term) => `"${term}"`).join(", "), width);

const figures = (themes: readonly FeedbackTheme[], { confidence }: Asked): string =>
  table([
    ["theme", "complaints", "users", "requests", "share", intervalHeading(confidence)],
    ...themes.map((theme, at) => [
      `${String(at + 1).padStart(2)}  ${nameOf(theme, 34)}`,
      formatCount(theme.feedback),
      formatCount(theme.users),
      formatCount(theme.requests),
      formatPercent(theme.share),
      formatPercentInterval(theme.ci),
    ]),
  ]);

const details = (theme: FeedbackTheme, at: number): string =>
  lines([
    `  ${at + 1}  ${nameOf(theme, pageWidth - 6)}`,
    ...theme.segments
      .slice(0, mostSegments)
      .map(
        ({ label, value, lift, share }) =>
          `     ${clip(`${label}=${value}`, 40)}: ${lift.toFixed(1)} times its share, ${formatPercent(share)} of the theme`,
      ),
    ...theme.examples.flatMap(({ requestId, prompt, output, quotes }) => [
      `     ${clip(requestId, pageWidth - 5)}`,
      ...field("prompt", prompt),
      ...field("output", output),
      ...quotes.slice(0, mostQuotes).flatMap((quote) => field("comment", quote)),
    ]),
  ]);

const mostSegments = 3;
const mostQuotes = 2;

const field = (name: string, text: string | undefined): readonly string[] =>
  text === undefined ? [] : [`       ${name.padEnd(9)}${clip(text, pageWidth - 16)}`];
