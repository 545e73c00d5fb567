import { hash } from "node:crypto";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Evaluator } from "@heed/schema";
import { openFileSink } from "../dataset/file-sink.ts";
import { readEvaluator } from "../load-evaluator.ts";

/** The versions of one evaluator in a directory, and which of them is in use. */
export interface EvaluatorFiles {
  readonly currentPath: string;
  readonly readCurrent: () => Promise<Evaluator | null>;
  readonly readVersion: (version: string) => Promise<Evaluator | null>;
  readonly writeVersion: (evaluator: Evaluator) => Promise<void>;
  readonly writeCurrent: (evaluator: Evaluator) => Promise<void>;
  /** A change that is being made, whose record may not be in the store yet. */
  readonly readPending: () => Promise<string | null>;
  readonly writePending: (text: string) => Promise<void>;
  readonly removePending: () => Promise<void>;
}

/** Names the files of an evaluator. Each is written beside its place and renamed, so that none is ever there by half. */
export const evaluatorFiles = (directory: string, name: string): EvaluatorFiles => {
  const folder = join(directory, folderName(name));
  const currentPath = join(folder, "current.json");
  const versionPath = (version: string): string => join(folder, `${version}.json`);
  const pendingPath = join(folder, "pending-change.json");
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(folder, { recursive: true });
    const sink = await openFileSink(path);
    try {
      await sink.write(text);
      await sink.finish();
      await sink.publish();
    } finally {
      await sink.discard();
    }
  };
  const readEvaluatorAt = async (path: string): Promise<Evaluator | null> => {
    const text = await readText(path);
    return text === null ? null : readEvaluator(text);
  };
  const textOf = (evaluator: Evaluator): string => `${JSON.stringify(evaluator)}\n`;
  return {
    currentPath,
    readCurrent: () => readEvaluatorAt(currentPath),
    readVersion: (version) => readEvaluatorAt(versionPath(version)),
    writeVersion: (evaluator) => write(versionPath(evaluator.version), textOf(evaluator)),
    writeCurrent: (evaluator) => write(currentPath, textOf(evaluator)),
    readPending: () => readText(pendingPath),
    writePending: (text) => write(pendingPath, text),
    removePending: () => rm(pendingPath, { force: true }),
  };
};

/** Longer names are cut, as file systems end at 255 bytes. */
const longestName = 100;

/**
 * A name that every file system takes and keeps apart: letters in lower case, digits, `-` and `_` stay, all else becomes
 * its code in percent.
 */
const folderName = (name: string): string => {
  const safe = [...Buffer.from(name, "utf8")]
    .map((byte) =>
      /[a-z0-9_-]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).padStart(2, "0")}`,
    )
    .join("");
  if (safe.length <= longestName) return safe;
  return `${safe.slice(0, longestName)}%${hash("sha256", name, "hex").slice(0, 16)}`;
};

const readText = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
};
