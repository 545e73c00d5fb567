import type { Store } from "@heed/core";
import fc from "fast-check";

/** Where a store's data is. */
export interface StorePlace {
  /** A name of `a` to `z`, `0` to `9` and `_`, at most 40 of them, that no database has had before. */
  readonly database: string;
  /** Any text: on one database, stores of different tenants never see each other. */
  readonly tenant: string;
}

/** Opens a store on a place; the same place again is a second handle on the same data. */
export type CreateStore = (place: StorePlace) => Store | Promise<Store>;

/** What a law is tried with. */
export interface Lab {
  /** A store that is closed when the law was tried: on a place of its own, unless one is given. */
  readonly open: (place?: StorePlace) => Promise<Store>;
  /** A tenant without data, on the database that all laws share. */
  readonly newTenant: () => StorePlace;
  /** A database without data. */
  readonly newDatabase: () => StorePlace;
  /** Generated data, the same each time; as many of them as the suite has runs, unless told. */
  readonly samples: <Value>(arbitrary: fc.Arbitrary<Value>, count?: number) => readonly Value[];
  /** Leaves the law untried: the store has not what it is about. */
  readonly skip: (reason: string) => void;
}

export interface LabOptions {
  readonly runs: number;
  readonly seed: number;
}

/** Makes the labs of one suite, which share a database: a tenant is cheaper. Each is to be closed. */
export const labMaker = (createStore: CreateStore, { runs, seed }: LabOptions) => {
  const suite = `heed_${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`;
  const setUps = new Map<string, Promise<void>>();
  let databases = 0;
  let tenants = 0;
  const newDatabase = (): StorePlace => ({ database: `${suite}_${++databases}`, tenant: "tenant" });
  const shared = newDatabase().database;
  const newTenant = (): StorePlace => ({ database: shared, tenant: `tenant-${++tenants}` });

  return (skip: Lab["skip"]): Lab & { readonly close: () => Promise<void> } => {
    const opened: Store[] = [];
    const open = async (place = newTenant()): Promise<Store> => {
      const store = await createStore(place);
      opened.push(store);
      const setUp = setUps.get(place.database) ?? store.setup?.() ?? Promise.resolve();
      setUps.set(place.database, setUp);
      await setUp;
      return store;
    };
    return {
      open,
      newTenant,
      newDatabase,
      samples: (arbitrary, numRuns = runs) => fc.sample(arbitrary, { numRuns, seed }),
      skip,
      close: async () => {
        await Promise.all(opened.map((store) => store.close()));
      },
    };
  };
};
