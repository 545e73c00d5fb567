import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";
import { type SqliteCode, sqliteCode } from "./sqlite-code.ts";

const meanings: Readonly<Record<Exclude<SqliteCode, "CANTOPEN">, string>> = {
  BUSY: "another connection has the database locked",
  LOCKED: "another connection has the database locked",
  READONLY: "the database cannot be written",
  IOERR: "the disk failed, or is full",
  CORRUPT: "the file is damaged: restore a backup",
  FULL: "the disk is full",
  NOTADB: "the file is no SQLite database",
};

/**
 * What an error of SQLite means to whoever runs the store, to be put behind what was tried; empty where it says so itself.
 *
 * @param path The file, where it is known.
 */
export const describeFailure = (error: unknown, path?: string): string => {
  const code = sqliteCode(error);
  if (code === undefined) return "";
  return `: ${code === "CANTOPEN" ? whyNotOpened(path) : meanings[code]}`;
};

const whyNotOpened = (path: string | undefined): string => {
  if (path !== undefined && !existsSync(dirname(path))) return "the folder of the file does not exist";
  // Readers write too: where they are is noted beside the file.
  if (path !== undefined && !isWritable(dirname(path))) return "the folder of the file cannot be written";
  return "the file cannot be opened";
};

const isWritable = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};
