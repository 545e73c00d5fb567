import type { DatabaseSync } from "node:sqlite";
import { groupCommit, HeedError, isHeedError, type Store } from "@heed/core";
import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { collection, type Table } from "./collection.ts";
import { checkVersion, migrate, openFile } from "./open-database.ts";
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
  toRow: toFeedbackRow,
  fromRow: fromFeedbackRow,
};

const evaluationTable: Table<EvaluationRecord> = {
  name: "eval_logs",
  columns: evaluationColumns,
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
  let closed = false;

  const opened = (): DatabaseSync => {
    if (closed) throw new HeedError("STORE_CLOSED", "sqlite store is closed");
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
    opened();
    collections ??= openCollections();
    return collections;
  };

  const appendFeedback = groupCommit((events: readonly FeedbackEvent[]) => ready().feedback.append(events));
  const appendEvaluations = groupCommit((records: readonly EvaluationRecord[]) =>
    ready().evaluations.append(records),
  );

  return {
    name: "sqlite",
    setup: () => attempt("set up its tables", () => migrate(opened())),
    appendFeedback: (events) => attempt(`append ${events.length} events`, () => appendFeedback(events)),
    appendEvaluations: (records) =>
      attempt(`append ${records.length} records`, () => appendEvaluations(records)),
    readFeedback: (filter, page) => attempt("read events", () => ready().feedback.read(filter, page)),
    readEvaluations: (filter, page) => attempt("read records", () => ready().evaluations.read(filter, page)),
    removeFeedback: (filter) => attempt("remove events", () => ready().feedback.remove(filter)),
    removeEvaluations: (filter) => attempt("remove records", () => ready().evaluations.remove(filter)),
    close: async () => {
      if (closed) return;
      // An empty append waits for those before it.
      await Promise.allSettled(database ? [appendFeedback([]), appendEvaluations([])] : []);
      closed = true;
      if (typeof source === "string") database?.close();
    },
  };
};

/** Wraps what the engine refuses, once, in the words of heed. */
const attempt = async <Answer>(what: string, work: () => Answer | Promise<Answer>): Promise<Answer> => {
  try {
    return await work();
  } catch (cause) {
    if (isHeedError(cause)) throw cause;
    throw new HeedError("STORE_FAILED", `sqlite store failed to ${what}`, { cause });
  }
};
