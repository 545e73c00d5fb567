import { randomUUID } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import * as sqlite from "node:sqlite";
import { HeedError } from "@heed/core";
import { fileOf } from "./file-of.ts";
import { openFile } from "./open-database.ts";
import { sqlInThread } from "./sql-in-thread.ts";

type Copy = typeof sqlite.backup;

/** Node's own copy, off the event loop; it came with Node 22.16. */
const nodeBackup: Copy | null = (sqlite as { readonly backup?: Copy }).backup ?? null;

/**
 * Copies a database into a file while reads and writes go on: all that was committed before the call, and of what
 * comes meanwhile a part that ends at one moment. The copy has its name once it is whole and on disk; one of the same
 * name is replaced then.
 *
 * @param copy Where there is none, SQLite writes a compacted copy by itself.
 * @throws HeedError `INVALID_QUERY` when the name is that of the database itself, or of one that is in use
 * @throws the engine's or the file system's error
 */
export const backUp = async (
  database: sqlite.DatabaseSync,
  path: string,
  copy: Copy | null = nodeBackup,
): Promise<void> => {
  const source = fileOf(database);
  requireOther(source, path);
  const partial = `${path}.${randomUUID()}.partial`;
  try {
    if (source === undefined) await copyFromMemory(database, partial, copy);
    else if (copy) await copyFromFile(source, partial, copy);
    else await sqlInThread(source, [{ sql: "VACUUM INTO ?", values: [partial] }]);
    await flush(partial);
    await rename(partial, path);
  } catch (error) {
    for (const suffix of ["", "-journal", "-wal", "-shm"]) await rm(`${partial}${suffix}`, { force: true });
    throw error;
  }
  await flushFolder(path);
};

/** A copy in the place of a database that somebody has open would take that database from under them. */
const requireOther = (source: string | undefined, path: string): void => {
  const isInUse = ["-wal", "-journal"].some((suffix) => existsSync(`${path}${suffix}`));
  if (isInUse || (source !== undefined && isSameFile(source, path)))
    throw new HeedError("INVALID_QUERY", "backup: a database of this name is in use");
};

const isSameFile = (one: string, other: string): boolean => {
  const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return a !== undefined && a.dev === b?.dev && a.ino === b.ino;
};

/** In one step on a connection of its own, which sees one moment: the writes of others would begin it anew. */
const copyFromFile = async (source: string, partial: string, copy: Copy): Promise<void> => {
  const reader = openFile(source);
  try {
    await copy(reader, partial, { rate: 2 ** 31 - 1 });
  } finally {
    reader.close();
  }
};

/** What is in memory has but one connection, which mirrors its own writes into the copy. */
const copyFromMemory = async (
  database: sqlite.DatabaseSync,
  partial: string,
  copy: Copy | null,
): Promise<void> => {
  if (copy) await copy(database, partial);
  else database.prepare("VACUUM INTO ?").run(partial);
};

const flush = async (path: string): Promise<void> => {
  await using file = await open(path, "r+");
  await file.sync();
};

/** Makes the new name last; not every system lets a folder be opened. */
const flushFolder = async (path: string): Promise<void> => {
  try {
    await using folder = await open(dirname(path));
    await folder.sync();
  } catch {}
};
