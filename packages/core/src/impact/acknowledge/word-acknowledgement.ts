import type { DownReason } from "@heed/schema";
import type { AcknowledgedChange, FeedbackOfUser } from "./acknowledgements.ts";
import type { MeasuredEffect } from "./measure-effect.ts";

const reasonWords: Readonly<Record<Exclude<DownReason, "other">, string>> = {
  incorrect: "incorrect",
  instructions_ignored: "instructions ignored",
  incomplete: "incomplete",
  outdated: "outdated",
  unsafe: "unsafe",
  refused: "refused",
  style_format: "style or format",
  too_long: "too long",
  slow: "slow",
};

/** What a user said and what became of it, in plain English on one line. */
export const wordMessage = (
  behind: readonly FeedbackOfUser[],
  changes: readonly AcknowledgedChange[],
): string => oneLine(`${thanksFor(behind)} ${changes.map(({ text }) => text).join(" ")}`);

/** The same as a mail. */
export const wordMail = (
  userId: string,
  behind: readonly FeedbackOfUser[],
  changes: readonly AcknowledgedChange[],
) => {
  const about = changes.length === 1 ? changes[0]!.change : `${changes.length} changes`;
  const texts = changes.map(({ text }) => oneLine(text));
  return {
    userId,
    subject: oneLine(`What came of your feedback: ${about}`),
    text: `${[thanksFor(behind), ...texts].join("\n\n")}\n`,
  };
};

/** What was changed, and what is known of its effect: of users' own scores, and where these are too few, of the automatic one. */
export const wordChange = (
  change: string,
  { humanScore, score }: AcknowledgedChange["effects"],
  confidence: number,
): string =>
  oneLine(
    `We changed: ${change}. ${wordEffect(humanScore.claim === "not_measured" ? score : humanScore, confidence)}`,
  );

const thanksFor = (behind: readonly FeedbackOfUser[]): string => {
  const answers = new Set(behind.flatMap(({ requestIds }) => requestIds)).size;
  const words = [...new Set(behind.flatMap(({ reasons }) => reasons))].flatMap((reason) =>
    reason in reasonWords ? reasonWords[reason as keyof typeof reasonWords] : [],
  );
  const said = words.length > 0 ? ` (${words.join(", ")})` : "";
  return `Thank you for your feedback on ${answers === 1 ? "an answer" : `${answers} answers`}${said}.`;
};

const tooEarly = "It is too early to say what that did.";

/** From -4 to +4 on the scale of 1 to 5: an interval as wide as that tells users nothing. */
const allDifferences = 8;

const wordEffect = ({ metric, claim, before, after, ci }: MeasuredEffect, confidence: number): string => {
  const who = metric === "humanScore" ? "users rate the answers" : "our automatic score rates the answers";
  const unit = metric === "humanScore" ? " of 5" : "";
  const means =
    before && after && `${after.mean.toFixed(2)}${unit} on average, ${before.mean.toFixed(2)} before`;
  const level = +(100 * confidence).toFixed(4);
  const interval = ci ? ` (${level} % interval of the difference: ${signed(ci[0])} to ${signed(ci[1])})` : "";
  switch (claim) {
    case "improved":
      return `Since then, ${who} higher: ${means}${interval}.`;
    case "worsened":
      return `Since then, ${who} lower: ${means}${interval}.`;
    case "may_come_by_itself":
      return `Since then, ${who} higher: ${means}${interval}. How much of that the change did cannot be told, as what did badly gets better by itself, too.`;
    case "no_clear_change":
      return metric === "humanScore" && ci && ci[1] - ci[0] >= allDifferences
        ? tooEarly
        : `So far there is no clear change in how ${who}: ${means}${interval}.`;
    case "not_measured":
      return tooEarly;
  }
};

const signed = (value: number): string => `${value < 0 ? "" : "+"}${value.toFixed(2)}`;

/** Names and texts of a host may hold what breaks a line, and a subject with a line break is a header of somebody else's. */
const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
