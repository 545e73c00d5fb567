import { existsSync, readFileSync } from "node:fs";

const folder = new URL("../../../shared/data/", import.meta.url);

/**
 * The text of a file of real ratings or scores; null, with a printed reason, where there is none. These files lie
 * beside the repository, not in it: they are not ours to copy.
 */
export const readSharedData = (name: string): string | null => {
  const file = new URL(name, folder);
  if (existsSync(file)) return readFileSync(file, "utf8");
  console.warn(`tests on real data are skipped: there is no ../shared/data/${name} beside the repository`);
  return null;
};

/** The lines of a JSON Lines file. */
export const parseJsonLines = <Line>(text: string): Line[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
