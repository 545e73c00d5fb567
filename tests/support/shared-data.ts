import { existsSync, readFileSync } from "node:fs";

/**
 * Real ratings and scores lie beside the checkout, not in it: they are not ours to copy. A test that needs a
 * file of them says so, and skips where it is absent.
 */
const folder = new URL("../../../shared/data/", import.meta.url);

/** Whether the files are there; where they are not, says on the console what is skipped. */
export const hasSharedData = (...files: readonly string[]): boolean => {
  const missing = files.filter((file) => !existsSync(new URL(file, folder)));
  if (missing.length > 0) console.warn(`Skipped, for want of shared data: ${missing.join(", ")}`);
  return missing.length === 0;
};

export const readJson = <Content>(file: string): Content =>
  JSON.parse(readFileSync(new URL(file, folder), "utf8"));

export const readJsonLines = <Line>(file: string): Line[] =>
  readFileSync(new URL(file, folder), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
