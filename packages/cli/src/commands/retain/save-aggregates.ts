import { open, readFile, rename, rm } from "node:fs/promises";
import { type DailyAggregate, HeedError } from "@heed/core";

interface Line {
  readonly day: string;
  readonly labels: Readonly<Record<string, string | null>>;
  /** The name of the automatic score. */
  readonly scoreName: string;
  readonly logged: number;
}

/**
 * Gives a function that writes rows into a file of JSON Lines, one for each day, labels and score. Where the file has a
 * row already, the one of more requests stays: a run that was cut short brings a part of a day again. The file is
 * replaced as a whole, once the new one is on disk.
 */
export const saveAggregates =
  (path: string, { by, score }: { readonly by: readonly string[]; readonly score: string }) =>
  async (days: readonly DailyAggregate[]): Promise<void> => {
    const lines = new Map((await readLines(path)).map((line) => [keyOf(line), line]));
    for (const { day, labels, ...sums } of days) {
      const line = {
        day: day.toISOString().slice(0, 10),
        labels: Object.fromEntries(by.map((label, at) => [label, labels[at] ?? null])),
        scoreName: score,
        ...sums,
      };
      const present = lines.get(keyOf(line));
      if (!present || present.logged < line.logged) lines.set(keyOf(line), line);
    }
    await replace(path, [...lines.values()].map((line) => `${JSON.stringify(line)}\n`).join(""));
  };

const keyOf = ({ day, labels, scoreName }: Line): string =>
  JSON.stringify([day, Object.entries(labels).sort(), scoreName]);

const readLines = async (path: string): Promise<Line[]> => {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map(parseLine);
};

/** What is not understood is not written over. */
const parseLine = (text: string): Line => {
  try {
    const line: Line = JSON.parse(text);
    if (typeof line.day === "string" && typeof line.scoreName === "string" && line.labels) return line;
  } catch {}
  throw new HeedError("INVALID_QUERY", "--aggregates names a file that holds something else");
};

const replace = async (path: string, text: string): Promise<void> => {
  const partial = `${path}.partial`;
  try {
    await using file = await open(partial, "w");
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  await rename(partial, path);
};
