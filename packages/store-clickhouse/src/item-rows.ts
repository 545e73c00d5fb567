import type { Settings } from "./clickhouse-client.ts";
import type { CollectionTable } from "./collection-table.ts";
import { columns } from "./columns.ts";
import { all, type Condition, isAnyOf, isOf } from "./condition.ts";
import type { Engine } from "./engine.ts";
import { type Place, table } from "./place.ts";
import { shardingColumn } from "./schema.ts";

/** Where to write: all shards, or one of them, whatever became of the others. */
export type Target = number | "all shards";

/** Whoever asks about one shard asks all that are there: an id may lie on another one. */
export const settingsFor = (target: Target): Settings =>
  target === "all shards" ? {} : { skip_unavailable_shards: 1 };

export interface Found {
  readonly found: readonly FoundRow[];
  /** Whether any user was erased, ever. */
  readonly someErased: boolean;
}

export interface FoundRow {
  readonly id: string;
  readonly writer: string;
  /** What decided on its shard; empty on a single node. */
  readonly key: string;
}

/** For a granule or two, all that would make a long question faster takes longer than the answer. */
const briefly: Settings = { max_threads: 1, optimize_move_to_prewhere: 0, use_skip_indexes: 0 };

/** Looks up the rows of one tenant's items by their ids. */
export const itemRows = <Item extends { readonly id: string }>(
  place: Place,
  rows: Engine["rows"],
  { name, fromCells }: CollectionTable<Item>,
  tenant: string,
) => {
  const from = table(place, name);
  const wanted = columns[name].map(([column]) => column).join(", ");

  /** Rows with the given ids, and maybe others, as they lie there. */
  const find = async (
    ids: readonly string[],
    target: Target,
    more: readonly Condition[] = [],
  ): Promise<Found> => {
    // Mostly ids are new, and nothing lies between the first and the last of them: a shorter question than all of them.
    const sorted = ids.toSorted();
    const range: Condition = {
      sql: "id BETWEEN {first:String} AND {last:String}",
      bound: { first: sorted[0], last: sorted.at(-1) },
    };
    const nearby = await findWhere(all([isOf(tenant), range, ...more]), target, ids.length);
    if (nearby.found.length < ids.length) return nearby;
    return findWhere(all([isOf(tenant), isAnyOf("id", "id", ids), ...more]), target);
  };

  const findWhere = async ({ sql, bound }: Condition, target: Target, limit?: number): Promise<Found> => {
    const most = limit === undefined ? "" : ` LIMIT ${limit}`;
    const items = `SELECT id, toString(written_by) AS writer, ${place.cluster ? shardingColumn[name] : "''"} AS key FROM ${from} WHERE ${sql}${most}`;
    // In the same breath, as there are mostly none.
    const anybody = `SELECT '' AS id, '' AS writer, '' AS key FROM ${table(place, "erased_users")} WHERE tenant = {tenant:String} LIMIT 1`;
    const found = await rows(
      name === "feedback_events" ? `SELECT * FROM (${items}) UNION ALL SELECT * FROM (${anybody})` : items,
      bound,
      { ...settingsFor(target), ...briefly },
    );
    const lines = found as (readonly [id: string, writer: string, key: string])[];
    const isItem = ([, writer]: (typeof lines)[number]): boolean => writer !== "";
    return {
      found: lines.filter(isItem).map(([id, writer, key]) => ({ id, writer, key })),
      someErased: !lines.every(isItem),
    };
  };

  /** Which items stand under ids, and who wrote them. */
  const standingOf = async (ids: readonly string[], target: Target) => {
    const { sql, bound } = all([isOf(tenant), isAnyOf("id", "id", ids)]);
    const found = await rows(
      `SELECT ${wanted}, toString(written_by) FROM ${from} FINAL WHERE ${sql}
         ORDER BY id, written_by LIMIT 1 BY id`,
      bound,
      settingsFor(target),
    );
    return new Map(
      found.map((cells) => [cells[0] as string, { item: fromCells(cells), writer: cells.at(-1) }]),
    );
  };

  return { find, standingOf };
};
