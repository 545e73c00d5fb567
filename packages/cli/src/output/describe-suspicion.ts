import type { FlaggedShare, SuspiciousCluster, SuspiciousFeedback } from "@heed/core";
import { clip } from "./clip.ts";
import {
  formatCount,
  formatCounted,
  formatNumber,
  formatP,
  formatPercent,
  formatPercentInterval,
  formatSigned,
  intervalHeading,
} from "./format-number.ts";
import { formatMinute } from "./format-time.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { table } from "./table.ts";
import { pageWidth } from "./wrap.ts";

const title = "Feedback that should not count in full";

/** What `flagSuspiciousFeedback` found, as text for people: how much, in which bursts, and of whom. */
export const describeSuspicion = (answer: SuspiciousFeedback): string => {
  if (answer.verdict === "not_enough_data")
    return paragraphs([
      lines([
        title,
        `Not enough data: ${formatCount(answer.have)} votes and comments, of ${answer.needed} needed.`,
      ]),
    ]);
  const { feedback, clusters, users, comments, votes, checks } = answer;
  const of = (reason: string): string =>
    formatCount(feedback.filter(({ reasons }) => reasons.some((own) => own === reason)).length);
  return paragraphs([
    lines([
      title,
      `Flagged: ${describeShare(comments, "comment")}, ${describeShare(votes, "vote")}.`,
      feedback.length === 0
        ? null
        : `In bursts of near-duplicate comments: ${of("near_duplicate_burst")}; at machine speed: ${of("machine_speed")}; of users out of line: ${of("out_of_line")}.`,
    ]),
    clusters.length === 0
      ? null
      : "Bursts of near-duplicate comments, each with its votes to be counted as one for every author:",
    ...clusters.slice(0, mostShown).map(describeCluster),
    more(clusters.length, "burst"),
    users.length === 0
      ? null
      : lines([
          "Users out of line with what others say of the same requests, by points beyond what is usual:",
          table(
            [
              ["user", "requests", "way", "points", "z", "q"],
              ...users
                .slice(0, mostShown)
                .map(({ userId, requests, way, points, z, q }) => [
                  clip(userId, 40),
                  formatCount(requests),
                  way,
                  formatSigned(points),
                  formatNumber(z),
                  formatP(q),
                ]),
            ],
            [0, 2],
          ),
        ]),
    more(users.length, "user"),
    lines([
      checks.outOfLine.verdict === "judged"
        ? `Users compared with others: ${formatCount(checks.outOfLine.users)}.`
        : "Too few users share enough requests with others to be compared.",
      checks.machineSpeed.verdict === "judged"
        ? null
        : "The times of votes cannot be used: most users seem to vote at machine speed, as after an import without times.",
      feedback.length === 0
        ? null
        : "Nothing was deleted: --json has the ids, and what each should count for.",
    ]),
  ]);
};

/** As many bursts, and as many users. */
const mostShown = 20;

const more = (count: number, noun: string): string | null =>
  count > mostShown ? `And ${formatCounted(count - mostShown, `more ${noun}`)}.` : null;

const describeShare = ({ n, flagged, ci }: FlaggedShare, noun: string): string =>
  `${formatCount(flagged)} of ${formatCounted(n, noun)}${ci === null ? "" : ` (${formatPercent(flagged / n)}, ${intervalHeading()} ${formatPercentInterval(ci)})`}`;

const describeCluster = ({ size, users, anonymous, from, to, example }: SuspiciousCluster): string => {
  const authors = [
    ...(users > 0 ? [formatCounted(users, "user")] : []),
    ...(anonymous > 0 ? [`${formatCount(anonymous)} without a name`] : []),
  ].join(", ");
  return lines([
    `  ${formatCounted(size, "comment")} (${authors}), ${formatMinute(from)} to ${formatMinute(to)}`,
    `    ${clip(example, pageWidth - 4)}`,
  ]);
};
