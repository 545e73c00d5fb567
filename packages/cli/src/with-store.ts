import type { Store } from "@heed/core";
import { openStore } from "./open-store.ts";

/**
 * Opens the store of `--store` for as long as `work` lasts.
 *
 * @param create Whether it is set up, and a missing file made. Those who only read want it to be there.
 * @throws HeedError as `openStore` does, and `STORE_FAILED` when it is no store of heed
 */
export const withStore = async <Answer>(
  name: string,
  { create }: { readonly create: boolean },
  work: (store: Store) => Promise<Answer>,
): Promise<Answer> => {
  const { store, close } = await openStore(name, { create });
  try {
    if (create) await store.setup?.();
    return await work(store);
  } finally {
    await close();
  }
};
