import type { DatabaseSync } from "node:sqlite";
import { HeedError, isHeedError, type Store } from "@heed/core";
import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { collection, type Table } from "./collection.ts";
import { checkVersion, migrate, openFile, setUpFile } from "./open-database.ts";
import {
  evaluationColumns,
  feedbackColumns,
  fromEvaluationRow,
  fromFeedbackRow,
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
): Store & Required<Pick<Store, "setup">> => {
  let database: DatabaseSync | undefined;
  let collections: ReturnType<typeof openCollections> | undefined;
  let closing: Promise<void> | undefined;

  const setUp = typeof source === "string" ? setUpFile : migrate;
  const opened = (): DatabaseSync => {
    database ??= typeof source === "string" ? openFile(source) : source;
    return database;
  };

  const openCollections = () => {
    checkVersion(opened());
    return {
      feedback: collection(opened(), feedbackTable, tenant),
      evaluations: collection(opened(), evaluationTable, tenant),
    };
  };

  const ready = () => {
    collections ??= openCollections();
    return collections;
  };

  const release = async (): Promise<void> => {
    // An empty append waits for those before it.
    if (collections)
      await Promise.allSettled([collections.feedback.append([]), collections.evaluations.append([])]);
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

  return {
    name: "sqlite",
    setup: () => attempt("set up its tables", () => setUp(opened())),
    appendFeedback: (events) =>
      attempt(`append ${events.length} events`, () => ready().feedback.append(events)),
    appendEvaluations: (records) =>
      attempt(`append ${records.length} records`, () => ready().evaluations.append(records)),
    readFeedback: (filter, page) => attempt("read events", () => ready().feedback.read(filter, page)),
    readEvaluations: (filter, page) => attempt("read records", () => ready().evaluations.read(filter, page)),
    removeFeedback: (filter) => attempt("remove events", () => ready().feedback.remove(filter)),
    removeEvaluations: (filter) => attempt("remove records", () => ready().evaluations.remove(filter)),
    close: () => {
      closing ??= release();
      return closing;
    },
  };
};
