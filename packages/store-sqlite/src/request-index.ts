import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { LockWaiting } from "./lock-waiting.ts";
import { inTransaction } from "./open-database.ts";
import { statementCache } from "./statement-cache.ts";

/** A condition in SQL with the values to bind. */
export interface Clause {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** Rows beyond the reach of the index that a read scans rather than brings the index up to date. */
const longestTail = 1_000;

/** Rows that are sorted into the index at once: what bounds the memory for a large backlog. */
const batchRows = 500_000;

/** Where the rows of each request lie in one table; brought up to date in sorted batches, when somebody asks. */
export const requestIndex = (
  database: DatabaseSync,
  table: "feedback_events" | "eval_logs",
  lock: LockWaiting,
) => {
  const prepare = statementCache(database);

  /**
   * Brings the index up to date if more than `tail` rows lie beyond its reach, and gives the last `seq` that it
   * reaches then.
   *
   * @throws the engine's error when the database cannot be written
   */
  const refresh = (tail = 0): number => {
    const last = (prepare(`SELECT max(seq) AS seq FROM ${table}`).get()!.seq as number | null) ?? 0;
    if (last - reached() <= tail) return reached();
    for (let after = reached(); after < last; after += batchRows)
      add(after, Math.min(after + batchRows, last));
    return last;
  };

  const reached = (): number =>
    prepare("SELECT seq FROM request_index_reach WHERE collection = ?").get(table)!.seq as number;

  const add = (after: number, to: number): void =>
    inTransaction(database, () => {
      // Sorted, so that each page of the index is touched once.
      prepare(
        `INSERT OR IGNORE INTO request_index SELECT '${table}', tenant, request_id, seq FROM ${table} NOT INDEXED
           WHERE seq > ? AND seq <= ? ORDER BY tenant, request_id, seq`,
      ).run(after, to);
      prepare("UPDATE request_index_reach SET seq = max(seq, ?) WHERE collection = ?").run(to, table);
    });

  /** How far the index reaches, short tails and those that cannot be helped left as they are. */
  const reachForRead = (): number => {
    try {
      return lock.atOnce(() => refresh(longestTail));
    } catch {
      // Read-only, full, or somebody is writing, for whom no read waits: the answer is the same from a longer tail.
      return reached();
    }
  };

  /** The condition that a row belongs to one of the requests. */
  const belongsTo = (tenant: string, requestIds: readonly string[]): Clause => {
    const reach = reachForRead();
    const ids = JSON.stringify(requestIds);
    return {
      sql: `seq IN (
        SELECT seq FROM json_each(?) CROSS JOIN request_index
          WHERE collection = '${table}' AND tenant = ? AND request_id = json_each.value
        UNION ALL
        SELECT seq FROM ${table} NOT INDEXED
          WHERE seq > ? AND tenant = ? AND request_id IN (SELECT value FROM json_each(?)))`,
      values: [ids, tenant, reach, tenant, ids],
    };
  };

  const remove = (tenant: string, requestId: string, seq: number): void => {
    prepare(
      `DELETE FROM request_index WHERE collection = '${table}' AND tenant = ? AND request_id = ? AND seq = ?`,
    ).run(tenant, requestId, seq);
  };

  return { refresh, belongsTo, remove };
};
