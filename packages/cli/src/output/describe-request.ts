import type { MiscalibratedOutput } from "@heed/core";
import { clip } from "./clip.ts";
import { formatDay } from "./format-time.ts";
import { lines } from "./paragraphs.ts";
import { pageWidth } from "./wrap.ts";

type Details = Pick<
  MiscalibratedOutput,
  "timestamp" | "prompt" | "output" | "model" | "promptVersion" | "votes" | "comments"
>;

/** One request of a list, as text for people: its id, why it is listed, and what was asked, answered and said. */
export const describeRequest = (
  requestId: string,
  why: readonly [name: string, text: string],
  { timestamp, prompt, output, model, promptVersion, votes, comments }: Details,
): string => {
  const made = [model, promptVersion].flatMap((name) => (name === undefined ? [] : [clip(name, 24)]));
  const reasons = [...new Set(votes.flatMap((vote) => vote.reasons ?? []))];
  const details = [
    why,
    ["made by", [...made, formatDay(timestamp)].join(", ")],
    ["prompt", prompt],
    ["output", output],
    ["reasons", reasons.length > 0 ? reasons.join(", ") : undefined],
    ...comments.slice(0, mostComments).map((comment) => ["comment", comment] as const),
  ] as const;
  return lines([
    `  ${clip(requestId, pageWidth - 2)}`,
    ...details.flatMap(([name, text]) =>
      text === undefined ? [] : [`    ${name.padEnd(11)}${clip(text, pageWidth - 15)}`],
    ),
  ]);
};

/** The first few comments say what is wrong. */
const mostComments = 3;
