import type { AppendOutcome, FeedbackFilter, Page, PageRequest, Store } from "@heed/core";
import { canonicalJson, HeedError, isHeedError, matcherOf, requireGiven, userDigest } from "@heed/core";
import type { ChangeRecord, EvaluationRecord, FeedbackEvent } from "@heed/schema";

/** What the store needs of a database: a map of texts, which Redis is, and many others are. */
export interface KeyValue {
  /** Keeps the value unless the key has one, in one step; says whether it did. */
  add(key: string, value: string): Promise<boolean>;
  get(key: string): Promise<string | undefined>;
  delete(key: string): Promise<unknown>;
  /** The values of all keys that begin like this, in any order. */
  values(prefix: string): Promise<readonly string[]>;
}

type Item = FeedbackEvent | EvaluationRecord | ChangeRecord;

/** A store in a map of texts, with a key for each item. Every read looks at a whole collection: for thousands of items. */
export const keyValueStore = (database: KeyValue, { tenant = "default" } = {}): Store => {
  let closed = false;
  const verb =
    <Given extends unknown[], Answer>(work: (...given: Given) => Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      if (closed) throw new HeedError("STORE_CLOSED", "key-value store is closed");
      const failed = (cause: unknown) => new HeedError("STORE_FAILED", "key-value store failed", { cause });
      return work(...given).catch((cause) => Promise.reject(isHeedError(cause) ? cause : failed(cause)));
    };

  const keyOf = (...parts: string[]) => ["heed", tenant, ...parts].map(encodeURIComponent).join("/");
  const erase = (digest: string) => database.add(keyOf("erased", digest), digest);
  const isErased = async (userId: string | undefined) =>
    userId !== undefined && (await database.get(keyOf("erased", userDigest(userId)))) !== undefined;

  const collection = <Kind extends Item>(name: string) => {
    const appendOne = async (item: Kind): Promise<AppendOutcome> => {
      const [key, text] = [keyOf(name, item.id), canonicalJson(item)];
      const added = await database.add(key, text);
      // Asked after the write: of an erasure at the same time, either this knows, or it finds the item.
      if ("userId" in item && (await isErased(item.userId))) {
        if (added) await database.delete(key);
        return "erased";
      }
      return added ? "stored" : (await database.get(key)) === text ? "duplicate" : "conflict";
    };

    const find = async (filter: FeedbackFilter): Promise<Kind[]> => {
      const items = (await database.values(keyOf(name, ""))).map((text): Kind => JSON.parse(text));
      for (const item of items) item.timestamp = new Date(item.timestamp);
      return items.filter(matcherOf(filter)).sort((a, b) => (a.id < b.id ? -1 : 1));
    };

    return {
      // One after the other: where two of a batch have one id, the first stands.
      append: verb((items: readonly Kind[]) => Array.fromAsync(items, appendOne)),
      read: verb(async (filter: FeedbackFilter, { after = "", limit }: PageRequest): Promise<Page<Kind>> => {
        const rest = (await find(filter)).filter(({ id }) => id > after);
        const items = rest.slice(0, limit);
        return rest.length > limit ? { items, next: items.at(-1)!.id } : { items };
      }),
      remove: verb(async (filter: FeedbackFilter) => {
        const found = await find(requireGiven(filter));
        for (const { id } of found) await database.delete(keyOf(name, id));
        return found.length;
      }),
    };
  };

  const feedback = collection<FeedbackEvent>("feedback");
  const evaluations = collection<EvaluationRecord>("evaluations");
  const changes = collection<ChangeRecord>("changes");
  return {
    name: "key-value",
    appendFeedback: feedback.append,
    appendEvaluations: evaluations.append,
    appendChanges: changes.append,
    readFeedback: feedback.read,
    readEvaluations: evaluations.read,
    readChanges: changes.read,
    removeFeedback: feedback.remove,
    removeEvaluations: evaluations.remove,
    removeChanges: changes.remove,
    eraseUser: verb(async (userId) => {
      await erase(userDigest(userId));
      return feedback.remove({ userId });
    }),
    readErasedUsers: verb(() => database.values(keyOf("erased", ""))),
    addErasedUsers: verb(async (digests) => {
      await Promise.all(digests.map(erase));
    }),
    // The database is the caller's, and stays open.
    close: async () => {
      closed = true;
    },
  };
};
