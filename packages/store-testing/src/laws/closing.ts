import { countRequests, groupRequests, isHeedError, type Store, scanRequests, userDigest } from "@heed/core";
import { expect } from "vitest";
import { change, event, record } from "../data/make-items.ts";
import type { Laws } from "../laws.ts";

const verbs: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  appendFeedback: (store) => store.appendFeedback([event(1)]),
  appendEvaluations: (store) => store.appendEvaluations([record(1)]),
  appendChanges: (store) => store.appendChanges([change(1)]),
  readFeedback: (store) => store.readFeedback({}, { limit: 1 }),
  readEvaluations: (store) => store.readEvaluations({}, { limit: 1 }),
  readChanges: (store) => store.readChanges({}, { limit: 1 }),
  removeFeedback: (store) => store.removeFeedback({}),
  removeEvaluations: (store) => store.removeEvaluations({}),
  removeChanges: (store) => store.removeChanges({}),
  eraseUser: (store) => store.eraseUser("user-1"),
  readErasedUsers: (store) => store.readErasedUsers(),
  addErasedUsers: (store) => store.addErasedUsers([userDigest("user-1")]),
  scanRequests: (store) => Array.fromAsync(scanRequests(store, {})),
  countRequests: (store) => countRequests(store, {}),
  groupRequests: (store) => groupRequests(store, {}),
};

export const closing = {
  "every verb on a store that is closing or closed rejects with STORE_CLOSED": async ({ open }) => {
    const store = await open();
    // So that there is something to close.
    await store.appendFeedback([event(1)]);
    const errors = () =>
      Promise.all(
        Object.values(verbs).map((call) =>
          call(store).then(
            () => "no error",
            (error) => error,
          ),
        ),
      );
    const closed = store.close();
    const whileClosing = errors();
    await closed;
    for (const answers of [await whileClosing, await errors()])
      for (const [at, verb] of Object.keys(verbs).entries())
        expect(isHeedError(answers[at], "STORE_CLOSED"), verb).toBe(true);
  },

  "closing a store that was never used, at once and again, is harmless": async ({ open }) => {
    const store = await open();
    await Promise.all([store.close(), store.close()]);
    await store.close();
  },

  "what was appended before the close is stored": async ({ open }) => {
    const store = await open();
    const outcomes = await Promise.all([
      store.appendFeedback([event(1)]),
      store.appendEvaluations([record(1)]),
      store.appendChanges([change(1)]),
      store.close(),
    ]);
    expect(outcomes.slice(0, 3)).toEqual([["stored"], ["stored"], ["stored"]]);
  },
} satisfies Laws;
