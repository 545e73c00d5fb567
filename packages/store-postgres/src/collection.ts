import {
  type AppendOutcome,
  canonicalJson,
  groupCommit,
  type Page,
  type PageRequest,
  requireGiven,
  userDigest,
} from "@heed/core";
import { arrayLiteral } from "./array-literal.ts";
import { conditionOf, type Filter } from "./conditions.ts";
import { insertStatement } from "./insert-statement.ts";
import type { Place } from "./place.ts";
import type { PostgresPool } from "./postgres-pool.ts";
import { type Cell, kinds, type Table } from "./table.ts";

/** What one statement inserts at most: its memory, here and in the server, is bounded by that. */
const chunk = { items: 5_000, characters: 8_000_000 };

/** Far more than removals that come between can need. */
const mostRounds = 20;

/** An item on its way into the table. */
interface Appended {
  readonly id: string;
  readonly cells: readonly Cell[];
  /** Of its user; null where it has none. */
  readonly digest: string | null;
}

/** The append-only items of one tenant in one table. Appends that arrive together share one commit. */
export const collection = <Item extends { readonly id: string; readonly userId?: string | undefined }>(
  pool: PostgresPool,
  { name, columns, toCells, fromCells }: Table<Item>,
  { schema, tenant }: Place,
) => {
  const from = `${schema}.${name}`;
  const names = new Set(columns.map((column) => column.name));
  const selected = columns.map(({ name, kind }) => kinds[kind].select(name)).join(", ");
  const insertion = insertStatement(schema, name, columns);
  const ask = async (text: string, values: (string | number | null)[]) =>
    (await pool.query({ text, values, rowMode: "array" })).rows;

  /** Inserts items of different ids, and gives the ids of those that were not. */
  const insert = async (items: readonly Appended[]): Promise<Set<string>> => {
    const values = columns.map((_, at) => arrayLiteral(items.map(({ cells }) => cells[at]!)));
    if (names.has("user_id")) values.push(arrayLiteral(items.map(({ digest }) => digest)));
    const { rows: left } = await pool.query({ ...insertion, values: [tenant, ...values], rowMode: "array" });
    return new Set(left.map(([id]) => id as string));
  };

  const findPresent = async (ids: readonly string[]): Promise<Map<string, Item>> => {
    const sql = `SELECT ${selected} FROM ${from} WHERE tenant = $1 AND id = ANY ($2::text[])`;
    const rows = await ask(sql, [tenant, arrayLiteral(ids)]);
    return new Map(rows.map(fromCells).map((item) => [item.id, item]));
  };

  const findErased = async (digests: readonly (string | null)[]): Promise<Set<string | null>> => {
    const given = [...new Set(digests)].filter((digest) => digest !== null);
    if (given.length === 0) return new Set();
    const sql = `SELECT digest FROM ${schema}.erased_users WHERE tenant = $1 AND digest = ANY ($2::text[])`;
    const rows = await ask(sql, [tenant, arrayLiteral(given)]);
    return new Set(rows.map(([digest]) => digest as string));
  };

  /** What becomes of items that were not stored: erased, or not unlike what stands; undefined where nothing does. */
  const explain = async (items: readonly Appended[]): Promise<(AppendOutcome | undefined)[]> => {
    if (items.length === 0) return [];
    const erased = await findErased(items.map(({ digest }) => digest));
    const present = await findPresent([...new Set(items.map(({ id }) => id))]);
    return items.map(({ id, cells, digest }) => {
      if (erased.has(digest)) return "erased";
      const standing = present.get(id);
      if (!standing) return undefined;
      return canonicalJson(standing) === canonicalJson(fromCells(cells)) ? "duplicate" : "conflict";
    });
  };

  const appendChunk = async (items: readonly Appended[]): Promise<AppendOutcome[]> => {
    const outcomes: AppendOutcome[] = [];
    let open = [...items.keys()];
    // One round does, but where what stood in an item's way was itself refused, or has been removed meanwhile.
    for (let round = 0; open.length > 0; round++) {
      if (round === mostRounds) throw new Error("what is in the way of an item cannot be found");
      const firstOf = new Map<string, number>();
      for (const at of open) if (!firstOf.has(items[at]!.id)) firstOf.set(items[at]!.id, at);
      const left = await insert([...firstOf.values()].map((at) => items[at]!));
      const isStored = (at: number) => firstOf.get(items[at]!.id) === at && !left.has(items[at]!.id);
      const others = open.filter((at) => !isStored(at));
      for (const at of open) outcomes[at] = "stored";
      const explained = await explain(others.map((at) => items[at]!));
      open = others.filter((at, index) => {
        const outcome = explained[index];
        if (outcome) outcomes[at] = outcome;
        return !outcome;
      });
    }
    return outcomes;
  };

  const commit = groupCommit(async (items: readonly Appended[]) => {
    const outcomes: AppendOutcome[] = [];
    for (const part of chunksOf(items)) outcomes.push(...(await appendChunk(part)));
    return outcomes;
  });

  /** Takes items as they are now, for the caller may change them before they are written; calling what it gives appends. */
  const append = (items: readonly Item[]): (() => Promise<readonly AppendOutcome[]>) => {
    const taken = items.map((item) => ({
      id: item.id,
      cells: toCells(item),
      digest: item.userId === undefined ? null : userDigest(item.userId),
    }));
    return () => commit(taken);
  };

  const read = async (filter: Filter, { after = "", limit }: PageRequest): Promise<Page<Item>> => {
    const { sql, values } = conditionOf(tenant, filter, names);
    // The rows of a request or a user are few and known by their own index: left to itself, Postgres would rather walk
    // all ids until it has met enough of them.
    const isNarrow = filter.requestId !== undefined || filter.userId !== undefined;
    const source = isNarrow ? `(SELECT * FROM ${from} WHERE ${sql} OFFSET 0) AS found` : from;
    const beyond = `id > $${values.length + 1} ORDER BY id LIMIT $${values.length + 2}`;
    const condition = isNarrow ? beyond : `${sql} AND ${beyond}`;
    // Nothing that is stored has a NUL in it, and whatever begins with the rest comes after that.
    const start = after.split("\0", 1)[0]!;
    const rows = await ask(`SELECT ${selected} FROM ${source} WHERE ${condition}`, [
      ...values,
      start,
      limit + 1,
    ]);
    const items = rows.slice(0, limit).map(fromCells);
    return rows.length > limit ? { items, next: items.at(-1)!.id } : { items };
  };

  const remove = async (filter: Filter): Promise<number> => {
    const { sql, values } = conditionOf(tenant, requireGiven(filter), names);
    const removed = `WITH removed AS (DELETE FROM ${from} WHERE ${sql} RETURNING 1)`;
    const rows = await ask(`${removed} SELECT count(*) FROM removed`, values);
    return Number(rows[0]![0]);
  };

  return { append, read, remove };
};

/** Items in parts, each of which fits one statement. */
function* chunksOf(items: readonly Appended[]) {
  let part: Appended[] = [];
  let characters = 0;
  for (const item of items) {
    part.push(item);
    for (const cell of item.cells) if (typeof cell === "string") characters += cell.length;
    if (part.length < chunk.items && characters < chunk.characters) continue;
    yield part;
    part = [];
    characters = 0;
  }
  if (part.length > 0) yield part;
}
