import { existsSync } from "node:fs";
import { HeedError, type Store } from "@heed/core";
import { sqliteStore } from "@heed/store-sqlite";

/**
 * Opens the SQLite file of `--store`, with its tables in place, for as long as `work` lasts.
 *
 * @param create Whether a missing file is made. Those who only read want it to be there.
 * @throws HeedError `STORE_FAILED` when the file is missing and must not be, or is no database of heed.
 */
export const withStore = async <Answer>(
  path: string,
  { create }: { readonly create: boolean },
  work: (store: Store) => Promise<Answer>,
): Promise<Answer> => {
  if (!create && !existsSync(path))
    throw new HeedError("STORE_FAILED", "sqlite store has no such file: check --store");
  const store = sqliteStore(path);
  try {
    if (create) await store.setup();
    return await work(store);
  } finally {
    await store.close();
  }
};
