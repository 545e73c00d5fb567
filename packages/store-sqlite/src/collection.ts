import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import {
  type AppendOutcome,
  type ChangeFilter,
  canonicalJson,
  type EvaluationFilter,
  type FeedbackFilter,
  groupCommit,
  type Page,
  type PageRequest,
  requireGiven,
} from "@heed/core";
import type { LockWaiting } from "./lock-waiting.ts";
import { inTransaction } from "./open-database.ts";
import { type Clause, requestIndex } from "./request-index.ts";
import type { Row } from "./rows.ts";
import { statementCache } from "./statement-cache.ts";

/** How the items of one table look. `columns` and `toRow` are in the same order, and begin with the id. */
export interface Table<Item> {
  readonly name: "feedback_events" | "eval_logs" | "changes";
  readonly columns: string;
  /** The columns of an item's user and type; `NULL` for items that have neither, which no condition matches. */
  readonly user: "user_id" | "NULL";
  readonly type: "type" | "NULL";
  /** Whose an item is; absent for items that are nobody's. */
  readonly userOf?: (item: Item) => string | undefined;
  readonly toRow: (item: Item) => SQLInputValue[];
  readonly fromRow: (row: Row) => Item;
}

/** What the collections of one tenant share. */
export interface Shared {
  readonly tenant: string;
  readonly lock: LockWaiting;
  /** Which of some users are erased; part of the transaction that goes by it. */
  readonly erasedAmong: (userIds: Iterable<string>) => ReadonlySet<string>;
}

/** The append-only items of one tenant in one table. Appends that arrive together share one commit. */
export const collection = <Item extends { readonly id: string }>(
  database: DatabaseSync,
  { name, columns, user, type, userOf, toRow, fromRow }: Table<Item>,
  { tenant, lock, erasedAmong }: Shared,
) => {
  const prepare = statementCache(database);
  const index = name === "changes" ? undefined : requestIndex(database, name, lock);

  const places = columns.replaceAll(/\w+/g, "?");
  const insert = `INSERT INTO ${name} (tenant, ${columns}) VALUES (?, ${places}) ON CONFLICT DO NOTHING`;
  const select = `SELECT ${columns} FROM ${name}`;

  const appendOne = (item: Item): AppendOutcome => {
    if (prepare(insert).run(tenant, ...toRow(item)).changes === 1) return "stored";
    const present = fromRow(prepare(`${select} WHERE tenant = ? AND id = ?`).get(tenant, item.id)!);
    return canonicalJson(present) === canonicalJson(item) ? "duplicate" : "conflict";
  };

  const appendAll = (items: readonly Item[]): readonly AppendOutcome[] => {
    if (!userOf) return items.map(appendOne);
    const erased = erasedAmong(usersOf(items, userOf));
    if (erased.size === 0) return items.map(appendOne);
    return items.map((item) => {
      const userId = userOf(item);
      return userId !== undefined && erased.has(userId) ? "erased" : appendOne(item);
    });
  };

  const append = groupCommit((items: readonly Item[]) =>
    lock.patiently(() => inTransaction(database, () => appendAll(items))),
  );

  const read = (filter: Filter, { after = "", limit }: PageRequest): Page<Item> => {
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

  const removeAll = ({ sql, values }: Clause, removed: Removed): number => {
    if (!index) return Number(prepare(`DELETE FROM ${name} WHERE ${sql}`).run(...values).changes);
    const rows = prepare(`DELETE FROM ${name} WHERE ${sql} RETURNING request_id, seq`).all(...values);
    for (const { request_id, seq } of rows) index.remove(tenant, request_id as string, seq as number);
    const byRequest = Map.groupBy(rows, ({ request_id }) => request_id as string);
    removed(
      new Map([...byRequest].map(([requestId, own]) => [requestId, own.map(({ seq }) => seq as number)])),
    );
    return rows.length;
  };

  /** @param removed Is told the rows that are gone, by request, before that is committed. */
  const remove = async (filter: Filter, removed: Removed = () => {}): Promise<number> => {
    const condition = where(requireGiven(filter));
    return lock.patiently(() => {
      index?.refresh();
      return inTransaction(database, () => removeAll(condition, removed));
    });
  };

  const where = ({ requestId, since, until, userId, types }: Filter): Clause => {
    const clauses: Clause[] = [{ sql: "tenant = ?", values: [tenant] }];
    if (requestId !== undefined)
      clauses.push(index ? index.belongsTo(tenant, [requestId].flat()) : { sql: "FALSE", values: [] });
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

  return { append, read, remove, refreshIndex: () => index?.refresh() };
};

/** Made only as they are asked for: mostly nobody was erased, and nobody asks. */
function* usersOf<Item>(
  items: readonly Item[],
  userOf: (item: Item) => string | undefined,
): Generator<string> {
  for (const item of items) {
    const userId = userOf(item);
    if (userId !== undefined) yield userId;
  }
}

type Removed = (rows: ReadonlyMap<string, readonly number[]>) => void;
type Filter = FeedbackFilter | EvaluationFilter | ChangeFilter;
