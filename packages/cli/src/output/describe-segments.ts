import type { Segment, Segments } from "@heed/core";
import { printable } from "../printable.ts";
import type { Asked } from "./asked.ts";
import { clip } from "./clip.ts";
import { describeLeftOut } from "./describe-left-out.ts";
import {
  formatCount,
  formatCounted,
  formatHumanDifference,
  formatHumanScore,
  formatP,
  formatPercent,
  intervalHeading,
} from "./format-number.ts";
import { formatSegment } from "./format-segment.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { table } from "./table.ts";
import { pageWidth } from "./wrap.ts";

/** What `findSegments` found, as text for people: which segments differ, by how much, and requests to look at. */
export const describeSegments = (answer: Segments, asked: Asked = {}): string => {
  const found = "segments" in answer ? answer.segments : [];
  return paragraphs([
    lines([titleOf(answer), headline(answer)]),
    found.length > 0 ? figures(found, asked) : null,
    found.length > 0 ? examples(found) : null,
    lines([
      ...(found.length > 0 ? notes(answer, found) : []),
      skipped(answer),
      describeLeftOut([
        [answer.dropped.noScore, "without the score"],
        [answer.dropped.notLogged, "voted on but never logged"],
      ]),
    ]),
  ]);
};

const titleOf = (answer: Segments): string => {
  const what =
    answer.metric === "humanScore"
      ? "What users say"
      : `How far score "${printable(answer.score)}" is above what users say`;
  const tests = "tests" in answer ? `, ${formatCounted(answer.tests, "comparison")}` : "";
  return `${what}, by segment: ${formatCounted(answer.n, "voted request")}${tests}`;
};

const headline = (answer: Segments): string => {
  if (answer.verdict === "not_enough_data")
    return `Not enough data: a segment and all others need ${answer.needed} voted requests each, and the smaller of the two has ${answer.have} at most.`;
  if (answer.verdict === "no_variation")
    return answer.metric === "gap"
      ? "Nothing to compare: the evaluator is everywhere as far from the users."
      : "Nothing to compare: users say the same of every request.";
  const [surest, ...others] = answer.segments;
  if (!surest) return "No segment differs from the others beyond chance.";
  const name = formatSegment(surest.labels, 60);
  const size = formatHumanScore(Math.abs(surest.effect));
  const rank = others.length === 0 ? "One segment differs" : `${answer.segments.length} segments differ`;
  const is =
    answer.metric === "gap"
      ? `the evaluator is ${surest.effect > 0 ? "kinder" : "harsher"} there by ${size} points`
      : `users are ${surest.effect > 0 ? "happier" : "less happy"} there by ${size} points of 1 to 5`;
  return `${rank} from all others; the surest is ${name}: ${is}.`;
};

const figures = (segments: readonly Segment[], { confidence }: Asked): string =>
  table([
    ["segment", "n", "mean", "others", "difference", intervalHeading(confidence), "q", "below 3"],
    ...segments.map((segment, at) => [
      `${at + 1}  ${formatSegment(segment.labels, 25)}`,
      formatCount(segment.n),
      formatHumanScore(segment.mean),
      formatHumanScore(segment.restMean),
      formatHumanDifference(segment.effect),
      segment.ci?.map(formatHumanDifference).join(" to ") ?? "-",
      formatP(segment.q),
      formatPercent(segment.lowScores.rate),
    ]),
  ]);

/** Names in full, which a table has no room for, and requests by ids that can be copied. */
const examples = (segments: readonly Segment[]): string =>
  `Requests to look at:\n${lines(
    segments.flatMap(({ labels, requestIds }, at) => [
      `  ${at + 1}  ${formatSegment(labels, pageWidth - 6)}`,
      ...requestIds.map((id) => `     ${clip(id, pageWidth - 5)}`),
    ]),
  )}`;

const notes = ({ metric }: Segments, found: readonly Segment[]): readonly string[] => [
  ...(metric === "gap" ? ["Means are points of 1 to 5 by which the evaluator is above the users."] : []),
  ...(found.some(({ ci }) => ci === null)
    ? ["No interval (-): the segment is all alike, and so are the others; q is by Fisher's exact test."]
    : []),
  "q is corrected for the number of comparisons. Segments are found where luck helps: differences are a little too large, so look again at fresh data.",
];

const skipped = (answer: Segments): string | null =>
  answer.skipped.length > 0
    ? `Not compared, as they have more values than segments do: ${answer.skipped
        .map((names) => names.map(printable).join(" with "))
        .join("; ")}.`
    : null;
