import {
  type AppendOutcome,
  groupCommit,
  isHeedError,
  type Page,
  type PageRequest,
  requireGiven,
} from "@heed/core";
import { appendItems } from "./append-items.ts";
import type { CollectionTable } from "./collection-table.ts";
import { columns } from "./columns.ts";
import { all, type Condition, type Filter, isOf, matches } from "./condition.ts";
import { deleteRows } from "./delete-rows.ts";
import type { Engine } from "./engine.ts";
import type { erasedUsers } from "./erased-users.ts";
import { type Place, table } from "./place.ts";

/** The append-only items of one tenant in one table. Appends that arrive together share one insert. */
export const collection = <Item extends { readonly id: string }>(
  place: Place,
  engine: Engine,
  spec: CollectionTable<Item>,
  tenant: string,
  erased: ReturnType<typeof erasedUsers>,
) => {
  const { name, fromCells } = spec;
  const wanted = columns[name].map(([column]) => column).join(", ");
  const from = table(place, name);
  const commit = groupCommit(appendItems(place, engine, spec, tenant, erased));

  const append = async (items: readonly Item[]): Promise<readonly AppendOutcome[]> => {
    const results = await commit(items);
    const failure = results.find((result) => isHeedError(result));
    if (failure) throw failure;
    return results as readonly AppendOutcome[];
  };

  const chosenBy = (filter: Filter): Condition => all([isOf(tenant), ...matches(name, filter)]);

  const read = async (filter: Filter, { after = "", limit }: PageRequest): Promise<Page<Item>> => {
    const { sql, bound } = chosenBy(filter);
    // Where the page ends, first: FINAL by itself would go through all that follows.
    const [end] = await engine.read(
      `SELECT max(id), count() FROM (
         SELECT id FROM ${from} WHERE ${sql} AND id > {after:String} ORDER BY id LIMIT {rows:UInt64})`,
      { ...bound, after, rows: limit + 1 },
    );
    const [last, rows] = end as [string, number];
    if (rows === 0) return { items: [] };
    const found = await engine.read(
      `SELECT ${wanted} FROM ${from} FINAL
         WHERE ${sql} AND id > {after:String} AND id <= {last:String}
         ORDER BY id, written_by LIMIT 1 BY id LIMIT {rows:UInt64}`,
      { ...bound, after, last, rows: limit + 1 },
    );
    const items = found.slice(0, limit).map(fromCells);
    // Fewer items than rows: some were written twice, and more may follow.
    const isLast = rows <= limit;
    if (isLast) return { items };
    return items.length > 0 ? { items, next: items.at(-1)!.id } : read(filter, { after: last, limit });
  };

  const remove = async (filter: Filter): Promise<number> => {
    const chosen = chosenBy(requireGiven(filter));
    const [count] = await engine.rows(`SELECT count() FROM ${from} FINAL WHERE ${chosen.sql}`, chosen.bound);
    if (count![0] !== 0) await deleteRows(place, name, chosen);
    return count![0] as number;
  };

  return { append, read, remove };
};
