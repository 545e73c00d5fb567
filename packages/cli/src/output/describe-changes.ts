import type { listChanges } from "@heed/core";
import { clip } from "./clip.ts";
import { formatCounted } from "./format-number.ts";
import { formatSegment } from "./format-segment.ts";
import { formatMinute } from "./format-time.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { pageWidth } from "./wrap.ts";

type Changes = Awaited<ReturnType<typeof listChanges>>;

/** What `listChanges` lists, as text for people: each change with its time, whom it was made for and why. */
export const describeChanges = (changes: Changes): string =>
  changes.length === 0
    ? paragraphs(["No change is recorded. Record one: heed change NAME --store STORE --at TIME"])
    : paragraphs([
        `${formatCounted(changes.length, "change")}, in UTC. What one did: heed analyze impact --change NAME --before TIME --after TIME`,
        lines(changes.flatMap(describeChange)),
      ]);

const describeChange = ({ timestamp, change, segment, reason }: Changes[number]): readonly string[] => {
  const room = pageWidth - 30;
  return [
    `  ${formatMinute(timestamp)}  ${clip(change, pageWidth - 20)}`,
    ...(segment ? [`${" ".repeat(20)}made for  ${formatSegment([segment], room)}`] : []),
    ...(reason ? [`${" ".repeat(20)}reason    ${clip(reason, room)}`] : []),
  ];
};
