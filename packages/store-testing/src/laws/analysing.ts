import { memoryStore, withoutFastPaths } from "@heed/core";
import { expect } from "vitest";
import { answersOf } from "../analyses.ts";
import { arbitraryLife } from "../data/history.ts";
import { expectAlike } from "../expect-alike.ts";
import type { Laws } from "../laws.ts";
import { foldedBy } from "../queries.ts";

export const analysing = {
  "every analysis of core gives what it gives on the memory store, by fast paths or without": async ({
    open,
    samples,
  }) => {
    for (const steps of samples(arbitraryLife(60, 120))) {
      const [store, model] = [await open(), memoryStore()];
      for (const [at, { verb, ask }] of steps.entries()) {
        expect(await ask(store), `step ${at + 1}, ${verb}`).toEqual(await ask(model));
        // A look on the way: what is derived from the items has to follow them.
        if (verb === "eraseUser") expectAlike(await foldedBy(store), await foldedBy(model));
      }
      const expected = await answersOf(model);
      expectAlike(await answersOf(store), expected);
      if (store.scanRequests || store.countRequests || store.groupRequests)
        expectAlike(await answersOf(withoutFastPaths(store)), expected, "with the fast paths hidden");
    }
  },

  "every analysis has an answer for an empty store": async ({ open }) => {
    expect(await answersOf(await open())).toEqual(await answersOf(memoryStore()));
  },
} satisfies Laws;
