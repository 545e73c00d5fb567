import type { ChangeRecord, EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { canonicalJson } from "./canonical-json.ts";
import { requireGiven } from "./check-options.ts";
import { HeedError } from "./errors.ts";
import { userDigest } from "./life/user-digest.ts";
import { matcherOf } from "./matcher-of.ts";
import type { AppendOutcome, Page, PageRequest, Store } from "./store.ts";

/**
 * A store in this process's memory, gone with it: for tests, for trying things, and as the plainest reading of
 * what every store must do.
 *
 * @example
 * const store = memoryStore();
 */
export const memoryStore = (): Store => {
  const feedback = memoryCollection<FeedbackEvent>();
  const evaluations = memoryCollection<EvaluationRecord>();
  const changes = memoryCollection<ChangeRecord>();
  const erased = new Set<string>();
  let closed = false;

  const whenOpen = async <Answer>(answer: () => Answer): Promise<Answer> => {
    if (closed) throw new HeedError("STORE_CLOSED", "memory store is closed");
    return answer();
  };

  const isErased = ({ userId }: FeedbackEvent): boolean =>
    erased.size > 0 && userId !== undefined && erased.has(userDigest(userId));

  return {
    name: "memory",
    appendFeedback: (events) =>
      whenOpen(() => events.map((event) => (isErased(event) ? "erased" : feedback.append(event)))),
    appendEvaluations: (records) => whenOpen(() => records.map(evaluations.append)),
    appendChanges: (records) => whenOpen(() => records.map(changes.append)),
    readFeedback: (filter, page) => whenOpen(() => feedback.read(matcherOf(filter), page)),
    readEvaluations: (filter, page) => whenOpen(() => evaluations.read(matcherOf(filter), page)),
    readChanges: (filter, page) => whenOpen(() => changes.read(matcherOf(filter), page)),
    removeFeedback: (filter) => whenOpen(() => feedback.remove(matcherOf(requireGiven(filter)))),
    removeEvaluations: (filter) => whenOpen(() => evaluations.remove(matcherOf(requireGiven(filter)))),
    removeChanges: (filter) => whenOpen(() => changes.remove(matcherOf(requireGiven(filter)))),
    eraseUser: (userId) =>
      whenOpen(() => {
        erased.add(userDigest(userId));
        return feedback.remove(matcherOf({ userId }));
      }),
    readErasedUsers: () => whenOpen(() => [...erased]),
    addErasedUsers: (digests) =>
      whenOpen(() => {
        for (const digest of digests) erased.add(digest);
      }),
    close: async () => {
      closed = true;
    },
  };
};

/** One append-only collection; copies go in and copies come out, so that no caller can reach what is kept. */
const memoryCollection = <Item extends { readonly id: string }>() => {
  const items = new Map<string, Item>();
  let sortedIds: string[] | undefined;

  const append = (item: Item): AppendOutcome => {
    const present = items.get(item.id);
    if (present) return canonicalJson(present) === canonicalJson(item) ? "duplicate" : "conflict";
    items.set(item.id, structuredClone(item));
    sortedIds = undefined;
    return "stored";
  };

  const read = (matches: (item: Item) => boolean, { after = "", limit }: PageRequest): Page<Item> => {
    sortedIds ??= [...items.keys()].sort();
    const found: Item[] = [];
    for (let at = firstBeyond(sortedIds, after); at < sortedIds.length; at++) {
      const item = items.get(sortedIds[at]!)!;
      if (!matches(item)) continue;
      if (found.length === limit) return { items: found, next: found.at(-1)!.id };
      found.push(structuredClone(item));
    }
    return { items: found };
  };

  const remove = (matches: (item: Item) => boolean): number => {
    const found = [...items.values()].filter(matches);
    for (const { id } of found) items.delete(id);
    sortedIds = undefined;
    return found.length;
  };

  return { append, read, remove };
};

/** The index of the first id that sorts beyond `after`. */
const firstBeyond = (sortedIds: readonly string[], after: string): number => {
  let low = 0;
  let high = sortedIds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sortedIds[middle]! > after) high = middle;
    else low = middle + 1;
  }
  return low;
};
