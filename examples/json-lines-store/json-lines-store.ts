import { hash } from "node:crypto";
import * as fs from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { threadId } from "node:worker_threads";
import type { AppendOutcome, FeedbackFilter, Page, PageRequest, Store } from "@heed/core";
import {
  canonicalJson,
  groupCommit,
  HeedError,
  isHeedError,
  matcherOf,
  requireGiven,
  userDigest,
} from "@heed/core";
import type { ChangeRecord, EvaluationRecord, FeedbackEvent } from "@heed/schema";

type Item = FeedbackEvent | EvaluationRecord | ChangeRecord;

/**
 * A store in plain JSON Lines files, in a folder for each tenant inside `folder`, which is made if need be. One process
 * has a tenant at a time, with any number of handles; another is refused with `STORE_FAILED`.
 */
export const jsonLinesStore = (folder: string, { tenant = "default" } = {}): Store => {
  let place: Place | undefined;
  let closed = false;
  const verb =
    <Given extends unknown[], Answer>(work: (place: Place, ...given: Given) => Answer | Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      if (closed) throw new HeedError("STORE_CLOSED", "json-lines is closed");
      try {
        place ??= enterPlace(folder, tenant);
        return await work(place, ...given);
      } catch (cause) {
        throw isHeedError(cause) ? cause : new HeedError("STORE_FAILED", "json-lines failed", { cause });
      }
    };
  return {
    name: "json-lines",
    setup: verb(() => {}),
    appendFeedback: verb(({ feedback }, events) => feedback.append(events)),
    appendEvaluations: verb(({ evaluations }, records) => evaluations.append(records)),
    appendChanges: verb(({ changes }, records) => changes.append(records)),
    readFeedback: verb(({ feedback }, filter, page) => feedback.read(filter, page)),
    readEvaluations: verb(({ evaluations }, filter, page) => evaluations.read(filter, page)),
    readChanges: verb(({ changes }, filter, page) => changes.read(filter, page)),
    removeFeedback: verb(({ feedback }, filter) => feedback.remove(filter)),
    removeEvaluations: verb(({ evaluations }, filter) => evaluations.remove(filter)),
    removeChanges: verb(({ changes }, filter) => changes.remove(filter)),
    eraseUser: verb(({ erased, feedback }, userId) => {
      erased.add([userDigest(userId)]);
      return feedback.remove({ userId });
    }),
    readErasedUsers: verb(({ erased }) => [...erased.held.values()]),
    addErasedUsers: verb(({ erased }, digests) => erased.add(digests)),
    close: async () => {
      const left = closed ? undefined : place;
      closed = true;
      if (!left) return;
      // Nothing is appended, but after what came before.
      await Promise.allSettled([left.feedback, left.evaluations, left.changes].map((to) => to.append([])));
      left.handles -= 1;
      if (left.handles === 0 && places.delete(left.path)) fs.rmSync(left.lock, { force: true });
    },
  };
};

/** What all handles of this process on one folder share: memory holds what the files hold. */
type Place = ReturnType<typeof openPlace>;
const places = new Map<string, Place>();

const enterPlace = (folder: string, tenant: string): Place => {
  // File systems may ignore case, and limit lengths.
  const plain = /^[a-z0-9_-]{1,64}$/.test(tenant);
  const name = plain ? `tenant=${tenant}` : `tenant-sha256=${hash("sha256", JSON.stringify(tenant))}`;
  const wanted = resolve(folder, name);
  const made = fs.mkdirSync(wanted, { recursive: true });
  for (let at = wanted; made !== undefined && at.length >= made.length; at = dirname(at)) sync(dirname(at));
  const path = fs.realpathSync.native(wanted);
  const place = places.get(path) ?? openPlace(path);
  places.set(path, place);
  place.handles += 1;
  return place;
};

const openPlace = (path: string) => {
  const lock = takeLock(path);
  const erased = openLines<string>(join(path, "erased.jsonl"), JSON.parse, (digest) => digest);
  const feedback = openCollection<FeedbackEvent>(join(path, "feedback.jsonl"), erased.held);
  const evaluations = openCollection<EvaluationRecord>(join(path, "evaluations.jsonl"), erased.held);
  const changes = openCollection<ChangeRecord>(join(path, "changes.jsonl"), erased.held);
  sync(path);
  return { path, lock, handles: 0, erased, feedback, evaluations, changes };
};

/** Announces this process, then looks for others: of two at once one is refused for certain, and maybe both. */
const takeLock = (path: string): string => {
  const own = `${process.pid}.${threadId}@${hostname()}.lock`;
  fs.writeFileSync(join(path, own), "");
  const others = fs.readdirSync(path).filter((name) => name.endsWith(".lock") && name !== own);
  const held = others.some(isHeld);
  for (const name of held ? [own] : others) fs.rmSync(join(path, name), { force: true });
  if (!held) return join(path, own);
  throw new HeedError("STORE_FAILED", "another process has the folder; if none has, remove its *.lock");
};

const isHeld = (lock: string): boolean => {
  try {
    // On another machine nobody can tell.
    return !lock.endsWith(`@${hostname()}.lock`) || process.kill(Number.parseInt(lock, 10), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
};

const openCollection = <Kind extends Item>(path: string, erased: ReadonlyMap<string, string>) => {
  const parse = (text: string): Kind => {
    const item: Kind = JSON.parse(text);
    return Object.assign(item, { timestamp: new Date(item.timestamp) });
  };
  const lines = openLines(path, parse, ({ id }) => id);
  const commit = groupCommit((items: readonly Kind[]) => {
    const added = new Map<string, Kind>();
    const outcomes = items.map((item): AppendOutcome => {
      if ("userId" in item && item.userId && erased.has(userDigest(item.userId))) return "erased";
      const there = added.get(item.id) ?? lines.held.get(item.id);
      if (there) return canonicalJson(there) === canonicalJson(item) ? "duplicate" : "conflict";
      added.set(item.id, item);
      return "stored";
    });
    lines.add([...added.values()]);
    return outcomes;
  });
  return {
    // Copied in the call: what the caller changes afterwards changes nothing.
    append: (items: readonly Kind[]) => commit(items.map((item) => parse(canonicalJson(item)))),
    read: (filter: FeedbackFilter, { after = "", limit }: PageRequest): Page<Kind> => {
      const rest = [...lines.held.values()].filter(({ id }) => id > after).filter(matcherOf(filter));
      rest.sort((a, b) => (a.id < b.id ? -1 : 1));
      const items = structuredClone(rest.slice(0, limit));
      return rest.length > limit ? { items, next: items.at(-1)!.id } : { items };
    },
    remove: (filter: FeedbackFilter) => lines.remove(matcherOf(requireGiven(filter))),
  };
};

/** A file of JSON texts. What is behind its last whole line was never answered: an append failed half-way. */
const openLines = <Value>(path: string, parse: (text: string) => Value, keyOf: (value: Value) => string) => {
  fs.rmSync(`${path}.new`, { force: true });
  const bytes = fs.readFileSync(path, { flag: "a+" });
  let size = bytes.lastIndexOf("\n") + 1;
  if (size < bytes.length) fs.truncateSync(path, size);
  let torn = false;
  const held = new Map<string, Value>();
  for (const [index, text] of bytes.toString("utf8", 0, size).split("\n").slice(0, -1).entries()) {
    try {
      const value = parse(text);
      held.set(keyOf(value), value);
    } catch {
      throw new HeedError("STORE_FAILED", `line ${index + 1} of ${basename(path)} is damaged`);
    }
  }
  const textOf = (values: readonly Value[]) => values.map((value) => `${JSON.stringify(value)}\n`).join("");
  return {
    held,
    add: (values: readonly Value[]): void => {
      const added = values.filter((value) => !held.has(keyOf(value)));
      if (added.length === 0) return;
      if (torn) fs.truncateSync(path, size);
      torn = true;
      const text = textOf(added);
      fs.appendFileSync(path, text, { flush: true });
      torn = false;
      size += Buffer.byteLength(text);
      for (const value of added) held.set(keyOf(value), value);
    },
    remove: (isMatch: (value: Value) => boolean): number => {
      const gone = [...held.values()].filter(isMatch);
      const text = textOf([...held.values()].filter((value) => !isMatch(value)));
      fs.writeFileSync(`${path}.new`, text, { flush: true });
      fs.renameSync(`${path}.new`, path);
      size = Buffer.byteLength(text);
      for (const value of gone) held.delete(keyOf(value));
      sync(dirname(path));
      return gone.length;
    },
  };
};

/** Makes lasting which files a folder has; Windows does so by itself. */
const sync = (folder: string): void => {
  if (process.platform === "win32") return;
  const opened = fs.openSync(folder, "r");
  fs.fsyncSync(opened);
  fs.closeSync(opened);
};
