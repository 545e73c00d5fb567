import { createHash } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";

/** What a file holds. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** A file that is written beside its place, and takes it once all of it is on disk. */
export interface FileSink {
  write(part: string | Uint8Array): Promise<void>;
  /** Puts all of it on disk, still beside its place. */
  finish(): Promise<WrittenFile>;
  /** Puts it in its place, over what was there. */
  publish(): Promise<void>;
  /** Removes what is not in its place; harmless after `publish`. */
  discard(): Promise<void>;
}

const chunkBytes = 1 << 18;

/** Opens a file for writing. Whatever happens before `publish`, nothing under its name has changed. */
export const openFileSink = async (path: string): Promise<FileSink> => {
  const partial = `${path}.partial`;
  const file = await open(partial, "w");
  const digest = createHash("sha256");
  let bytes = 0;
  let isOpen = true;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const flush = async (): Promise<void> => {
    const chunk = Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    digest.update(chunk);
    bytes += chunk.length;
    await file.writeFile(chunk);
  };
  const close = async (): Promise<void> => {
    if (isOpen) await file.close();
    isOpen = false;
  };
  return {
    write: async (part) => {
      const chunk = typeof part === "string" ? Buffer.from(part, "utf8") : part;
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (waitingBytes >= chunkBytes) await flush();
    },
    finish: async () => {
      await flush();
      await file.sync();
      await close();
      return { path, bytes, sha256: digest.digest("hex") };
    },
    publish: () => rename(partial, path),
    discard: async () => {
      await close();
      await rm(partial, { force: true });
    },
  };
};
