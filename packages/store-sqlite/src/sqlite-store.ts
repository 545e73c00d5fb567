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
import type { ChangeRecord, EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { collection, type Table } from "./collection.ts";
import { checkVersion, migrate, openFile, setUpFile } from "./open-database.ts";
import { requestFolds } from "./request-folds.ts";
import { requestGroups } from "./request-groups.ts";
import { batchReader, requestScan } from "./request-scan.ts";
import {
  changeColumns,
  evaluationColumns,
  feedbackColumns,
  fromChangeRow,
  fromEvaluationRow,
  fromFeedbackRow,
  toChangeRow,
  toEvaluationRow,
  toFeedbackRow,
} from "./rows.ts";

export interface SqliteStoreOptions {
  /**
   * Whose records these are. Stores of different tenants on one database never see each other.
   * @default "default"
   */
  readonly tenant?: string;
}

type SqliteStore = Store & Required<Pick<Store, "setup">>;

const feedbackTable: Table<FeedbackEvent> = {
  name: "feedback_events",
  columns: feedbackColumns,
  user: "user_id",
  type: "type",
  toRow: toFeedbackRow,
  fromRow: fromFeedbackRow,
};

const evaluationTable: Table<EvaluationRecord> = {
  name: "eval_logs",
  columns: evaluationColumns,
  user: "NULL",
  type: "NULL",
  toRow: toEvaluationRow,
  fromRow: fromEvaluationRow,
};

const changeTable: Table<ChangeRecord> = {
  name: "changes",
  columns: changeColumns,
  user: "NULL",
  type: "NULL",
  toRow: toChangeRow,
  fromRow: fromChangeRow,
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
    const feedback = collection(opened(), feedbackTable, tenant);
    const evaluations = collection(opened(), evaluationTable, tenant);
    const refreshIndexes = () => {
      feedback.refreshIndex();
      evaluations.refreshIndex();
    };
    return {
      feedback,
      evaluations,
      changes: collection(opened(), changeTable, tenant),
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
      throw new HeedError("STORE_FAILED", `sqlite store failed to ${what}`, { cause });
    }
  };

  /** Whether the folded requests are up to date now; they cannot be where the database cannot be written. */
  const caughtUp = async (): Promise<boolean> => {
    try {
      // In turns, so that a large backlog holds up nobody.
      while (await attempt("fold requests", () => ready().folds.catchUp())) await setImmediate();
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

/** What SQLite says of a database that is read-only, or that another process is writing for long. */
const cannotWrite = (cause: unknown): boolean =>
  cause instanceof Error && "errcode" in cause && [5, 8].includes((cause.errcode as number) & 0xff);
