import {
  type GroupQuery,
  HeedError,
  isHeedError,
  type RequestBatch,
  type RequestGroup,
  type RequestQuery,
  type Store,
} from "@heed/core";
import type { ClickHouseClient } from "./clickhouse-client.ts";
import type { ClickHouseStoreOptions } from "./clickhouse-store-options.ts";
import { collection } from "./collection.ts";
import { changeTable, evaluationTable, feedbackTable } from "./collection-tables.ts";
import { engine } from "./engine.ts";
import { isUnreachable, toHeedError } from "./engine-error.ts";
import { erasedUsers } from "./erased-users.ts";
import { identifier } from "./identifier.ts";
import { onEveryShard, type Place } from "./place.ts";
import { groupRows } from "./request-groups.ts";
import { scanRows } from "./request-scan.ts";
import { loggedRequests } from "./request-sql.ts";
import { checkVersion, setUp } from "./set-up.ts";

type ClickHouseStore = Store &
  Required<Pick<Store, "setup" | "scanRequests" | "groupRequests" | "countRequests">>;

/**
 * A store on ClickHouse, one node or a cluster of shards, over the caller's own client, which stays the caller's to
 * close. Nothing is asked before the first call. An answer to an append means that the rows are in their tables; one to a
 * read, that no shard is missing in it: else it rejects with `STORE_INCOMPLETE`.
 *
 * @throws HeedError `INVALID_QUERY` when the database or the cluster has no plain name.
 *
 * @example
 * const store = clickhouseStore(createClient({ url: "http://localhost:8123" }));
 * await store.setup();
 */
export const clickhouseStore = (
  client: ClickHouseClient,
  options: ClickHouseStoreOptions = {},
): ClickHouseStore => {
  const {
    database = "heed",
    tenant = "default",
    cluster,
    nodes,
    distributedDdl = false,
    replicated,
  } = options;
  const place: Place = {
    database: identifier("database", database),
    client,
    cluster: cluster === undefined ? undefined : identifier("cluster", cluster),
    nodes,
    distributedDdl,
  };
  const statements = engine(client, {
    cluster,
    ...(options.allowPartial && { onPartial: options.onPartial }),
  });
  const erased = erasedUsers(place, statements, tenant);
  const feedback = collection(place, statements, feedbackTable, tenant, erased);
  const evaluations = collection(place, statements, evaluationTable, tenant, erased);
  const changes = collection(place, statements, changeTable, tenant, erased);

  let checked: Promise<void> | undefined;
  let closing: Promise<void> | undefined;

  const ready = (): Promise<void> => {
    checked ??= checkVersion(place).catch((error) => {
      checked = undefined;
      throw error;
    });
    return checked;
  };

  /** Wraps what the engine refuses, once, in the words of heed. */
  const attempt = async <Answer>(what: string, work: () => Promise<Answer>): Promise<Answer> => {
    if (closing) throw new HeedError("STORE_CLOSED", "clickhouse store is closed");
    try {
      return await work();
    } catch (cause) {
      throw toHeedError(what, cause);
    }
  };

  const write = <Answer>(what: string, work: () => Promise<Answer>): Promise<Answer> =>
    attempt(what, async () => {
      await ready();
      return work();
    });

  /** What cannot be answered without a shard that is gone says so. */
  const read = <Answer>(what: string, work: () => Promise<Answer>): Promise<Answer> =>
    write(what, () =>
      work().catch((cause) => {
        if (!cluster || isHeedError(cause) || !isUnreachable(cause)) throw cause;
        throw new HeedError("STORE_INCOMPLETE", "clickhouse store misses a shard of the cluster", { cause });
      }),
    );

  async function* scan(query: RequestQuery): AsyncGenerator<RequestBatch, void, undefined> {
    const batches = scanRows(place, statements, tenant, query);
    try {
      for (;;) {
        const { value, done } = await read("read requests", () => batches.next());
        if (done) return;
        yield value;
      }
    } finally {
      // Whoever has seen enough leaves no answer half read.
      await batches.return();
    }
  }

  const count = async (query: Pick<RequestQuery, "since" | "until">): Promise<number> => {
    const { sql, bound } = loggedRequests(place, query);
    const shards = await statements.read(`SELECT count() FROM ${onEveryShard(place, sql)}`, {
      ...bound,
      tenant,
    });
    return shards[0]![0] as number;
  };

  /** Waits for the appends that are under way: an empty one is answered after those before it. */
  const release = async (): Promise<void> => {
    await checked?.catch(() => {});
    await Promise.allSettled([feedback.append([]), evaluations.append([]), changes.append([])]);
  };

  const group = (query: GroupQuery): Promise<readonly RequestGroup[]> =>
    groupRows(place, statements, tenant, query);

  return {
    name: "clickhouse",
    setup: () => attempt("set up its tables", () => setUp(place, replicated)),
    appendFeedback: (events) => write(`append ${events.length} events`, () => feedback.append(events)),
    appendEvaluations: (records) =>
      write(`append ${records.length} records`, () => evaluations.append(records)),
    appendChanges: (records) => write(`append ${records.length} changes`, () => changes.append(records)),
    readFeedback: (filter, page) => read("read events", () => feedback.read(filter, page)),
    readEvaluations: (filter, page) => read("read records", () => evaluations.read(filter, page)),
    readChanges: (filter, page) => read("read changes", () => changes.read(filter, page)),
    removeFeedback: (filter) => read("remove events", () => feedback.remove(filter)),
    removeEvaluations: (filter) => read("remove records", () => evaluations.remove(filter)),
    removeChanges: (filter) => read("remove changes", () => changes.remove(filter)),
    eraseUser: (userId) => read("erase a user", () => erased.erase(userId)),
    readErasedUsers: () => read("read erased users", () => erased.digests()),
    addErasedUsers: (digests) => write("add erased users", () => erased.add(digests)),
    scanRequests: scan,
    countRequests: (query) => read("count requests", () => count(query)),
    groupRequests: (query) => read("group requests", () => group(query)),
    close: () => {
      closing ??= release();
      return closing;
    },
  };
};
