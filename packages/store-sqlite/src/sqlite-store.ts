import { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import {
  countRequests,
  type GroupQuery,
  groupRequests,
  HeedError,
  isHeedError,
  type RequestBatch,
  type RequestGroup,
  type RequestQuery,
  type Store,
  scanRequests,
  withoutFastPaths,
} from "@heed/core";
import { backUp } from "./back-up.ts";
import { clearRemoved } from "./clear-removed.ts";
import { collection } from "./collection.ts";
import { describeFailure } from "./describe-failure.ts";
import { erasedUsers } from "./erased-users.ts";
import { lockWaiting } from "./lock-waiting.ts";
import { checkVersion, inTransaction, migrate, openFile, setUpFile } from "./open-database.ts";
import { requestFolds } from "./request-folds.ts";
import { requestGroups } from "./request-groups.ts";
import { batchReader, requestScan } from "./request-scan.ts";
import { sqliteCode } from "./sqlite-code.ts";
import { tables } from "./tables.ts";

export interface SqliteStoreOptions {
  /**
   * Whose records these are. Stores of different tenants on one database never see each other.
   * @default "default"
   */
  readonly tenant?: string;
}

/** A `Store` with what only an SQLite file has. */
export type SqliteStore = Store &
  Required<Pick<Store, "setup">> & {
    /**
     * Copies the database into a file of its own, which `sqliteStore` opens like any other, while reads and writes go on.
     * The copy holds all that was acknowledged before the call, of every tenant. A file of that name is replaced once
     * the copy is whole and on disk; where it fails, nothing has changed.
     *
     * @throws HeedError `INVALID_QUERY` when the database of that name is this one or in use, `STORE_FAILED` or
     * `STORE_CLOSED`
     */
    readonly backup: (path: string) => Promise<void>;
  };

/**
 * A store in one SQLite file, on Node's own `node:sqlite`: nothing to install, nothing to run beside it.
 * Nothing is opened before the first call. Appends that arrive together share one commit, and an answer means
 * that the commit is on disk, a power cut included.
 *
 * @param source The path of a file, made by `setup()` if absent, which `close()` closes; or an open database,
 * which stays the caller's: then its own `synchronous` setting says how safe an answer is.
 *
 * @example
 * const store = sqliteStore("heed.db");
 * await store.setup();
 */
export const sqliteStore = (
  source: string | DatabaseSync,
  { tenant = "default" }: SqliteStoreOptions = {},
): SqliteStore => {
  let database: DatabaseSync | undefined;
  let collections: ReturnType<typeof openCollections> | undefined;
  let sumUp: ReturnType<typeof requestGroups> | undefined;
  let closing: Promise<void> | undefined;

  const setUp = typeof source === "string" ? setUpFile : migrate;
  const opened = (): DatabaseSync => {
    database ??= typeof source === "string" ? openFile(source) : source;
    return database;
  };

  const openCollections = () => {
    checkVersion(opened());
    const lock = lockWaiting(opened());
    const erased = erasedUsers(opened(), tenant);
    const shared = { tenant, lock, erasedAmong: erased.among };
    const feedback = collection(opened(), tables.feedback, shared);
    const evaluations = collection(opened(), tables.evaluations, shared);
    const refreshIndexes = () => {
      feedback.refreshIndex();
      evaluations.refreshIndex();
    };
    return {
      feedback,
      evaluations,
      changes: collection(opened(), tables.changes, shared),
      lock,
      erased,
      folds: requestFolds(opened(), tenant, refreshIndexes),
      scan: requestScan(opened(), tenant),
    };
  };

  const ready = () => {
    collections ??= openCollections();
    return collections;
  };

  const release = async (): Promise<void> => {
    // An empty append waits for those before it.
    if (collections)
      await Promise.allSettled([
        collections.feedback.append([]),
        collections.evaluations.append([]),
        collections.changes.append([]),
      ]);
    if (typeof source === "string") database?.close();
  };

  /** Wraps what the engine refuses, once, in the words of heed. */
  const attempt = async <Answer>(what: string, work: () => Answer | Promise<Answer>): Promise<Answer> => {
    if (closing) throw new HeedError("STORE_CLOSED", "sqlite store is closed");
    try {
      return await work();
    } catch (cause) {
      if (isHeedError(cause)) throw cause;
      const why = describeFailure(cause, typeof source === "string" ? source : undefined);
      throw new HeedError("STORE_FAILED", `sqlite store failed to ${what}${why}`, { cause });
    }
  };

  /** Whether the folded requests are up to date now; they cannot be where the database cannot be written. */
  const caughtUp = async (): Promise<boolean> => {
    try {
      // In turns, so that a large backlog holds up nobody.
      while (await attempt("fold requests", () => ready().lock.patiently(() => ready().folds.catchUp())))
        await setImmediate();
      return true;
    } catch (error) {
      if (isHeedError(error, "STORE_FAILED") && cannotWrite(error.cause)) return false;
      throw error;
    }
  };

  async function* scan(query: RequestQuery): AsyncGenerator<RequestBatch, void, undefined> {
    if (!(await caughtUp())) {
      yield* scanRequests(withoutFastPaths(store), query);
      return;
    }
    const toBatch = batchReader(query);
    const { seq: reach } = ready().folds.logged();
    let from: string | number | undefined;
    do {
      const page = await attempt("read requests", () => ready().scan.page(query, from, reach));
      if (page.rows.length > 0) yield toBatch(page.rows);
      from = page.next;
      await setImmediate();
    } while (from !== undefined);
  }

  const group = async (query: GroupQuery): Promise<readonly RequestGroup[]> => {
    if (!(await caughtUp())) return groupRequests(withoutFastPaths(store), query);
    const { next, groups } = await attempt("group requests", () => {
      sumUp ??= requestGroups(opened(), tenant);
      return sumUp(query, ready().folds.logged().seq);
    });
    while (await attempt("group requests", next)) await setImmediate();
    return groups();
  };

  const store: SqliteStore = {
    name: "sqlite",
    setup: () => attempt("set up its tables", () => setUp(opened())),
    appendFeedback: (events) =>
      attempt(`append ${events.length} events`, () => ready().feedback.append(events)),
    appendEvaluations: (records) =>
      attempt(`append ${records.length} records`, () => ready().evaluations.append(records)),
    appendChanges: (changes) =>
      attempt(`append ${changes.length} changes`, () => ready().changes.append(changes)),
    readFeedback: (filter, page) => attempt("read events", () => ready().feedback.read(filter, page)),
    readEvaluations: (filter, page) => attempt("read records", () => ready().evaluations.read(filter, page)),
    readChanges: (filter, page) => attempt("read changes", () => ready().changes.read(filter, page)),
    removeFeedback: (filter) =>
      attempt("remove events", () =>
        ready().feedback.remove(filter, ready().folds.refold("feedback_events")),
      ),
    removeEvaluations: (filter) =>
      attempt("remove records", () => ready().evaluations.remove(filter, ready().folds.refold("eval_logs"))),
    removeChanges: (filter) => attempt("remove changes", () => ready().changes.remove(filter)),
    eraseUser: (userId) =>
      attempt("erase a user", async () => {
        const { feedback, erased, folds, lock } = ready();
        const removed = await feedback.remove({ userId }, (rows) => {
          erased.add(userId);
          folds.refold("feedback_events")(rows);
        });
        await lock.during(() => clearRemoved(opened()));
        return removed;
      }),
    readErasedUsers: () => attempt("read the erased users", () => ready().erased.digests()),
    addErasedUsers: (digests) =>
      attempt("refuse erased users", () => {
        const { erased, lock } = ready();
        return lock.patiently(() => inTransaction(opened(), () => erased.addDigests(digests)));
      }),
    backup: (path) =>
      attempt("make a backup", () => {
        checkVersion(opened());
        return backUp(opened(), path);
      }),
    scanRequests: scan,
    // Aggregate functions of one's own came with Node 22.16; before, core groups what the scan gives.
    ...("aggregate" in DatabaseSync.prototype && { groupRequests: group }),
    countRequests: async (query) => {
      if (!(await caughtUp())) return countRequests(withoutFastPaths(store), query);
      const isOfAllTime = query.since === undefined && query.until === undefined;
      const logged = ready().folds.logged();
      return attempt("count requests", () =>
        isOfAllTime ? logged.requests : ready().scan.count(query, logged.seq),
      );
    },
    close: () => {
      closing ??= release();
      return closing;
    },
  };
  return store;
};

/** Whether it is the writing that failed: the database is read-only or full, or somebody else is writing for long. */
const cannotWrite = (cause: unknown): boolean =>
  ["BUSY", "READONLY", "FULL"].includes(sqliteCode(cause) ?? "");
