import { expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { memoryStore } from "../memory-store.ts";
import type { Store } from "../store.ts";
import { countRequests } from "./count-requests.ts";
import { groupRequests } from "./group-requests.ts";
import { scanRequests } from "./scan-requests.ts";
import { withoutFastPaths } from "./without-fast-paths.ts";

/** A store whose fast paths know nothing of its records, so that it shows who was asked. */
const forgetful = (): Store => ({
  ...memoryStore(),
  setup: async () => {},
  async *scanRequests() {},
  countRequests: async () => 0,
  groupRequests: async () => [],
});

const countsOf = async (store: Store) => {
  let scanned = 0;
  for await (const { requestIds } of scanRequests(store, {})) scanned += requestIds.length;
  const groups = await groupRequests(store, {});
  return {
    scanned,
    counted: await countRequests(store, {}),
    grouped: groups.reduce((sum, { logged }) => sum + logged, 0),
  };
};

test("a store's own fast paths are asked where it has them, and the verbs where they are hidden", async () => {
  const store = forgetful();
  await recordEvaluation(store, [{ requestId: "req-1" }, { requestId: "req-2" }]);
  expect(await countsOf(store)).toEqual({ scanned: 0, counted: 0, grouped: 0 });
  expect(await countsOf(withoutFastPaths(store))).toEqual({ scanned: 2, counted: 2, grouped: 2 });
});

test("the required verbs and the name stay, and are those of the store", async () => {
  const store = forgetful();
  const bare = withoutFastPaths(store);
  const { name, ...verbs } = memoryStore();
  expect(Object.keys(bare).sort()).toEqual(["name", ...Object.keys(verbs)].sort());
  expect(Object.keys(verbs)).toHaveLength(13);
  expect(bare.name).toBe(name);
  await bare.close();
  await expect(recordEvaluation(store, { requestId: "req-1" })).rejects.toMatchObject({
    code: "STORE_CLOSED",
  });
});
