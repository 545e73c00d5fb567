import { HeedError, isHeedError, type RequestBatch, type RequestQuery, type Store } from "@heed/core";
import { collection } from "./collection.ts";
import { countLogged } from "./count-logged.ts";
import { erasedUsers } from "./erased-users.ts";
import { identifier } from "./place.ts";
import type { PostgresPool } from "./postgres-pool.ts";
import { requestScan } from "./request-scan.ts";
import { checkVersion, setUp } from "./set-up.ts";
import { changeTable, evaluationTable, feedbackTable } from "./table.ts";

export interface PostgresStoreOptions {
  /**
   * The schema of its tables: a letter or underscore, then letters, digits and underscores.
   * @default "heed"
   */
  readonly schema?: string | undefined;
  /**
   * Whose records these are. Stores of different tenants on one schema never see each other.
   * @default "default"
   */
  readonly tenant?: string | undefined;
  /**
   * For large installations: the first month that shall have a partition of its own, in UTC. `setup` makes those until
   * three months from now, and is to be called before they are over; what belongs to none of them goes to one in common.
   * Decided when the tables are made.
   * @default no partitions
   */
  readonly partitionSince?: Date | undefined;
  /**
   * Whether `eraseUser` writes the files anew that it removed events from, so that no byte of them is left. Appends and
   * reads wait meanwhile, about two seconds for a million events; without, what was removed is gone for every reader, and its
   * bytes lie in the files until their space is needed.
   * @default true
   */
  readonly rewriteOnErase?: boolean | undefined;
}

type PostgresStore = Store & Required<Pick<Store, "setup">>;

/**
 * A store in Postgres, on the caller's own pool of connections, which stays the caller's to close. Nothing is asked of
 * it before the first call. Appends that arrive together share one statement, and an answer means that it is committed.
 *
 * @param pool `pg`'s, or anything that answers as it does.
 * @throws HeedError `INVALID_QUERY` for a schema that is not a plain name
 *
 * @example
 * const store = postgresStore(new Pool({ connectionString: "postgres://127.0.0.1/app" }));
 * await store.setup();
 */
export const postgresStore = (pool: PostgresPool, options: PostgresStoreOptions = {}): PostgresStore => {
  const { schema = "heed", tenant = "default", partitionSince, rewriteOnErase = true } = options;
  const place = { schema: identifier("schema", schema), tenant };
  const feedback = collection(pool, feedbackTable, place);
  const evaluations = collection(pool, evaluationTable, place);
  const changes = collection(pool, changeTable, place);
  const erased = erasedUsers(pool, place, rewriteOnErase);
  const scanRows = requestScan(pool, place);
  let closing: Promise<void> | undefined;
  let checked: Promise<void> | undefined;

  /** Wraps what the engine refuses, once, in the words of heed. */
  const attempt = async <Answer>(what: string, work: () => Promise<Answer>): Promise<Answer> => {
    if (closing) throw new HeedError("STORE_CLOSED", "postgres store is closed");
    try {
      return await work();
    } catch (cause) {
      if (isHeedError(cause)) throw cause;
      throw new HeedError("STORE_FAILED", `postgres store failed to ${what}`, { cause });
    }
  };

  /** Makes sure of the tables, once for all calls; where that fails, the next call tries again. */
  const check = async (): Promise<void> => {
    checked ??= checkVersion(pool, place.schema);
    try {
      await checked;
    } catch (error) {
      checked = undefined;
      throw error;
    }
  };

  /** An attempt at what needs the tables. */
  const withTables = <Answer>(what: string, work: () => Promise<Answer>): Promise<Answer> =>
    attempt(what, async () => {
      await check();
      return work();
    });

  async function* scan(query: RequestQuery): AsyncGenerator<RequestBatch, void, undefined> {
    const batches = scanRows(query);
    try {
      for (;;) {
        const { value, done } = await withTables("read requests", () => batches.next());
        if (done) return;
        yield value;
      }
    } finally {
      await batches.return();
    }
  }

  const release = async (): Promise<void> => {
    // An empty append waits for those before it, once they have got past the check.
    await checked?.catch(() => {});
    await Promise.allSettled([feedback, evaluations, changes].map(({ append }) => append([])()));
  };

  return {
    name: "postgres",
    setup: () => attempt("set up its tables", () => setUp(pool, place.schema, { partitionSince })),
    appendFeedback: async (events) => withTables(`append ${events.length} events`, feedback.append(events)),
    appendEvaluations: async (records) =>
      withTables(`append ${records.length} records`, evaluations.append(records)),
    appendChanges: async (items) => withTables(`append ${items.length} changes`, changes.append(items)),
    readFeedback: (filter, page) => withTables("read events", () => feedback.read(filter, page)),
    readEvaluations: (filter, page) => withTables("read records", () => evaluations.read(filter, page)),
    readChanges: (filter, page) => withTables("read changes", () => changes.read(filter, page)),
    removeFeedback: (filter) => withTables("remove events", () => feedback.remove(filter)),
    removeEvaluations: (filter) => withTables("remove records", () => evaluations.remove(filter)),
    removeChanges: (filter) => withTables("remove changes", () => changes.remove(filter)),
    eraseUser: (userId) => withTables("erase a user", () => erased.erase(userId)),
    readErasedUsers: () => withTables("read the erased users", erased.all),
    addErasedUsers: (digests) => withTables("refuse erased users", () => erased.add(digests)),
    scanRequests: scan,
    countRequests: (query) => withTables("count requests", () => countLogged(pool, place, query)),
    close: () => {
      closing ??= release();
      return closing;
    },
  };
};
