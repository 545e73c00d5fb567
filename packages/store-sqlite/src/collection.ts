import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import {
  type AppendOutcome,
  canonicalJson,
  type FeedbackFilter,
  groupCommit,
  type Page,
  type PageRequest,
  requireGiven,
} from "@heed/core";
import { inTransaction } from "./open-database.ts";
import type { Row } from "./rows.ts";

/** How the items of one table look. `columns` and `toRow` are in the same order, and begin with the id. */
export interface Table<Item> {
  readonly name: "feedback_events" | "eval_logs";
  readonly columns: string;
  /** The columns of an item's user and type; `NULL` for items that have neither, which no condition matches. */
  readonly user: "user_id" | "NULL";
  readonly type: "type" | "NULL";
  readonly toRow: (item: Item) => SQLInputValue[];
  readonly fromRow: (row: Row) => Item;
}

/** A condition in SQL with the values to bind. */
interface Clause {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** Rows beyond the reach of the request index that a read scans rather than brings the index up to date. */
const longestTail = 1_000;

/** The append-only items of one tenant in one table. Appends that arrive together share one commit. */
export const collection = <Item extends { readonly id: string }>(
  database: DatabaseSync,
  { name, columns, user, type, toRow, fromRow }: Table<Item>,
  tenant: string,
) => {
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };

  const places = columns.replaceAll(/\w+/g, "?");
  const insert = `INSERT INTO ${name} (tenant, ${columns}) VALUES (?, ${places}) ON CONFLICT DO NOTHING`;
  const select = `SELECT ${columns} FROM ${name}`;

  const appendOne = (item: Item): AppendOutcome => {
    if (prepare(insert).run(tenant, ...toRow(item)).changes === 1) return "stored";
    const present = fromRow(prepare(`${select} WHERE tenant = ? AND id = ?`).get(tenant, item.id)!);
    return canonicalJson(present) === canonicalJson(item) ? "duplicate" : "conflict";
  };

  const append = groupCommit((items: readonly Item[]) => inTransaction(database, () => items.map(appendOne)));

  const read = (filter: FeedbackFilter, { after = "", limit }: PageRequest): Page<Item> => {
    const { sql, values } = where(filter);
    // The rows of one request are few and known by `seq`: left to itself, SQLite would walk all ids instead.
    const hint = filter.requestId === undefined ? "" : "NOT INDEXED";
    const rows = prepare(`${select} ${hint} WHERE ${sql} AND id > ? ORDER BY id LIMIT ?`).all(
      ...values,
      after,
      limit + 1,
    );
    const items = rows.slice(0, limit).map(fromRow);
    return rows.length > limit ? { items, next: items.at(-1)!.id } : { items };
  };

  const remove = (filter: FeedbackFilter): number => {
    const { sql, values } = where(requireGiven(filter));
    return inTransaction(database, () => {
      const removed = prepare(`DELETE FROM ${name} WHERE ${sql} RETURNING request_id, seq`).all(...values);
      const unindex = prepare(
        `DELETE FROM request_index WHERE collection = '${name}' AND tenant = ? AND request_id = ? AND seq = ?`,
      );
      for (const { request_id, seq } of removed) unindex.run(tenant, request_id!, seq!);
      return removed.length;
    });
  };

  const where = ({ requestId, since, until, userId, types }: FeedbackFilter): Clause => {
    const clauses: Clause[] = [{ sql: "tenant = ?", values: [tenant] }];
    if (requestId !== undefined) clauses.push(ofRequest(requestId));
    if (since) clauses.push({ sql: "timestamp_ms >= ?", values: [since.getTime()] });
    if (until) clauses.push({ sql: "timestamp_ms < ?", values: [until.getTime()] });
    if (userId !== undefined) clauses.push({ sql: `${user} = ?`, values: [userId] });
    if (types)
      clauses.push({ sql: `${type} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(types)] });
    return {
      sql: clauses.map(({ sql }) => sql).join(" AND "),
      values: clauses.flatMap(({ values }) => values),
    };
  };

  const ofRequest = (requestId: string): Clause => {
    const reach = refreshRequestIndex();
    return {
      sql: `seq IN (
        SELECT seq FROM request_index WHERE collection = '${name}' AND tenant = ? AND request_id = ?
        UNION ALL SELECT seq FROM ${name} NOT INDEXED WHERE seq > ? AND tenant = ? AND request_id = ?)`,
      values: [tenant, requestId, reach, tenant, requestId],
    };
  };

  /** Gives the last `seq` that the index reaches, having brought it up to date if too much lay beyond. */
  const refreshRequestIndex = (): number => {
    const reach = prepare("SELECT seq FROM request_index_reach WHERE collection = ?").get(name)!
      .seq as number;
    const last = (prepare(`SELECT max(seq) AS seq FROM ${name}`).get()!.seq as number | null) ?? 0;
    if (last - reach <= longestTail) return reach;
    try {
      return inTransaction(database, () => {
        // Sorted, so that each page of the index is touched once.
        prepare(
          `INSERT OR IGNORE INTO request_index SELECT '${name}', tenant, request_id, seq FROM ${name} NOT INDEXED
             WHERE seq > ? AND seq <= ? ORDER BY tenant, request_id, seq`,
        ).run(reach, last);
        prepare("UPDATE request_index_reach SET seq = max(seq, ?) WHERE collection = ?").run(last, name);
        return last;
      });
    } catch {
      // Read-only, or another process is writing for long: the answer is the same from a longer tail.
      return reach;
    }
  };

  return { append, read, remove };
};
