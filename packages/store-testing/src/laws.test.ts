import { describe, expect, expectTypeOf, test } from "vitest";
import { brokenStores } from "./fixtures/broken-stores.ts";
import { placesInMemory } from "./fixtures/places-in-memory.ts";
import { labMaker } from "./lab.ts";
import { type Law, type Laws, lawGroups, laws } from "./laws.ts";
import { testStore } from "./test-store.ts";

testStore("a store as it should be", placesInMemory(), { runs: 1 });

const checks: Laws = Object.assign({}, ...Object.values(lawGroups));

describe("a store that breaks a law is caught by it:", () => {
  test.each(laws)("%s", async (law) => {
    const makeLab = labMaker(brokenStores[law](placesInMemory()), { runs: 2, seed: 1 });
    const lab = makeLab(() => expect.unreachable("the law was skipped"));
    const failed = await checks[law]!(lab).then(
      () => false,
      () => true,
    );
    expect(failed).toBe(true);
  });
});

test("laws have names that are known to the compiler", () => {
  expectTypeOf<"a batch of 0 and one of 1,000 both work">().toExtend<Law>();
  expectTypeOf<string>().not.toExtend<Law>();
  expect(laws).toHaveLength(Object.keys(brokenStores).length);
  expect(new Set(laws).size).toBe(laws.length);
});

test("a reason to skip a law that there is not is an error", () => {
  // @ts-expect-error No law is called so.
  expect(() => testStore("none", placesInMemory(), { skip: { "all is well": "why not" } })).toThrow(
    "skip names no law: all is well",
  );
});
