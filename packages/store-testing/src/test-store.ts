import { HeedError } from "@heed/core";
import { describe, test } from "vitest";
import { type CreateStore, labMaker } from "./lab.ts";
import { type Law, type Laws, lawGroups, laws } from "./laws.ts";

/** Generous, for an engine on a busy machine. */
const timeoutMs = 120_000;

export interface TestStoreOptions {
  /**
   * Laws that the store is known to break, each with the reason, which the report shows.
   * @default {}
   */
  readonly skip?: { readonly [Name in Law]?: string };
  /**
   * How many sets of generated data each law is tried on that takes such.
   * @default 2
   */
  readonly runs?: number;
  /**
   * Where the generated data starts: another number, other data.
   * @default 1
   */
  readonly seed?: number;
}

/**
 * Registers the laws of the store contract as tests of vitest: a store that passes them is one that everything in heed
 * works on.
 *
 * `createStore` opens a store on a place, made of a database and a tenant; the same place again is a second handle on
 * the same data. The suite calls `setup` once for each database, and closes every store. What databases leave behind is
 * the caller's to remove: their names begin with `heed_`.
 *
 * @throws HeedError `INVALID_QUERY` when `skip` names a law that there is not
 *
 * @example
 * testStore("myStore", ({ database, tenant }) => myStore(client, { database, tenant }));
 */
export const testStore = (
  name: string,
  createStore: CreateStore,
  { skip = {}, runs = 2, seed = 1 }: TestStoreOptions = {},
): void => {
  const reasons: Readonly<Record<string, string | undefined>> = skip;
  const unknown = Object.keys(skip).filter((law) => !(laws as readonly string[]).includes(law));
  if (unknown.length > 0) throw new HeedError("INVALID_QUERY", `skip names no law: ${unknown.join("; ")}`);

  describe(name, () => {
    const makeLab = labMaker(createStore, { runs, seed });
    for (const [group, members] of Object.entries<Laws>(lawGroups))
      describe(group, () => {
        for (const [law, check] of Object.entries(members)) {
          const reason = reasons[law];
          if (reason !== undefined) test.skip(`${law} (skipped: ${reason})`);
          else
            test(law, { timeout: timeoutMs }, async (context) => {
              const lab = makeLab((why) => context.skip(why));
              try {
                await check(lab);
              } finally {
                await lab.close();
              }
            });
        }
      });
  });
};
