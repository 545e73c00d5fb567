import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { HeedError } from "../../errors.ts";

const registryFile = "dataset_info.json";

/**
 * The name and the new text of a folder's `dataset_info.json`, in which LLaMA-Factory looks data sets up: with these
 * entries in place of those of the same names, without those that are undefined here, and all others as they were, in the
 * order of their names.
 *
 * @throws HeedError `INVALID_QUERY` where the folder has a file of that name which is something else
 */
export const registerDataset = async (
  directory: string,
  entries: Readonly<Record<string, object | undefined>>,
): Promise<readonly [file: string, text: string]> => {
  const present = await readFile(join(directory, registryFile), "utf8").catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "{}";
      throw error;
    },
  );
  const all = Object.entries({ ...parseRegistry(present), ...entries });
  const sorted = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
  return [registryFile, `${JSON.stringify(sorted, null, 2)}\n`];
};

const parseRegistry = (text: string): object => {
  try {
    const registry: unknown = JSON.parse(text);
    if (typeof registry === "object" && registry !== null && !Array.isArray(registry)) return registry;
  } catch {}
  throw new HeedError("INVALID_QUERY", `directory has a ${registryFile} that is something else`);
};
