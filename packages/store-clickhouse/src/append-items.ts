import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type AppendOutcome, canonicalJson, HeedError } from "@heed/core";
import type { CollectionTable } from "./collection-table.ts";
import { columns, tenantColumn, writerColumn } from "./columns.ts";
import { all, type Condition, isAnyOf, isOf } from "./condition.ts";
import { deleteRows } from "./delete-rows.ts";
import type { Engine } from "./engine.ts";
import { isUnreachable, toHeedError } from "./engine-error.ts";
import type { erasedUsers } from "./erased-users.ts";
import { type Found, type FoundRow, itemRows, settingsFor, type Target } from "./item-rows.ts";
import { type Place, table } from "./place.ts";
import { shardsOf } from "./shards.ts";

/** Items written by one insert: more would make one statement too large. */
const mostItems = 20_000;

/** What became of an item: on a cluster, some may fail for the shard they belong on while others are stored. */
export type Result = AppendOutcome | HeedError;

/** Long enough for one of several writers to be done before the next begins. */
const longestPauseMs = 500;

const nothingFound: Found = { found: [], someErased: false };

const isBy = (operator: "=" | "!=", writer: string): Condition => ({
  sql: `written_by ${operator} {writer:UInt64}`,
  bound: { writer },
});

/**
 * Writes items of one tenant, in three steps: looks which ids are there, inserts the others, and looks again. The order
 * in which inserts arrive decides between writers of one id, and the second look tells each of them the same.
 */
export const appendItems = <Item extends { readonly id: string }>(
  place: Place,
  { rows, insert }: Engine,
  spec: CollectionTable<Item>,
  tenant: string,
  erased: ReturnType<typeof erasedUsers>,
) => {
  const { name, toCells, userOf, shardingKeyOf } = spec;
  const hasUsers = name === "feedback_events";
  /** The last of the ids that were appended here so far. */
  let newest: string | undefined;
  const { find, standingOf } = itemRows(place, rows, spec, tenant);
  const into = table(place, name);
  const insertColumns = [tenantColumn, ...columns[name], writerColumn];

  const usersOf = (items: readonly Item[]): string[] =>
    items.map(userOf).filter((user) => user !== undefined);

  /** @param writer Marks the rows that this append has written, also when it is tried again. */
  const append = async (items: readonly Item[], writer: string, target: Target): Promise<AppendOutcome[]> => {
    const ids = items.map(({ id }) => id);
    // Ids rise with time: those beyond all so far are hardly there, and on one node the second look tells of the others.
    // Events need the first one all the same, for word of erased users.
    const isBeyond = !hasUsers && !place.cluster && newest !== undefined && ids.every((id) => id > newest!);
    const before = isBeyond ? nothingFound : await find(ids, target);
    let gone: ReadonlySet<string | undefined> = before.someErased
      ? await erased.among(usersOf(items), settingsFor(target))
      : new Set();
    const isErased = (item: Item): boolean => gone.has(userOf(item));

    const firsts = new Map<string, Item>();
    for (const item of items) if (!isErased(item) && !firsts.has(item.id)) firsts.set(item.id, item);
    const present = new Set(before.found.map(({ id }) => id).filter((id) => firsts.has(id)));
    const fresh = [...firsts.values()].filter(({ id }) => !present.has(id));

    if (fresh.length > 0) {
      const values = fresh.map((item) => [tenant, ...toCells(item), BigInt(writer)]);
      await insert(into, insertColumns, values, target === "all shards" ? {} : { insert_shard_id: target });
      const after = await check(fresh, writer, target);
      // Others may have written the same ids meanwhile, or erased a user whose events these are.
      for (const { id } of after.contested) present.add(id);
      await withdraw(after.contested, firsts, writer);
      if (after.someErased) {
        gone = await erased.among(usersOf(items), settingsFor(target));
        await erased.removeEvents(fresh.filter(isErased).map(({ id }) => id));
      }
    }
    for (const id of ids) if (newest === undefined || id > newest) newest = id;
    const standing = present.size > 0 ? await standingOf([...present], target) : undefined;
    const removed = new Set([...present].filter((id) => !standing!.has(id)));

    const answered = new Set<string>();
    const outcomes = items.map((item): AppendOutcome => {
      if (isErased(item)) return "erased";
      const stands = standing?.get(item.id) ?? { item: firsts.get(item.id)!, writer };
      const isFirst = !answered.has(item.id);
      answered.add(item.id);
      if (isFirst && stands.writer === writer) return "stored";
      return canonicalJson(stands.item) === canonicalJson(item) ? "duplicate" : "conflict";
    });
    if (removed.size === 0) return outcomes;
    // What was there has been removed since; or those who took theirs back may meet again, and had better not.
    if (place.cluster) await sleep(Math.random() * longestPauseMs);
    const again = await append(
      items.filter((item) => removed.has(item.id)),
      writer,
      target,
    );
    return items.map((item, at) => (removed.has(item.id) ? again.shift()! : outcomes[at]!));
  };

  /** Looks what others have written under the ids of new rows. */
  const check = async (fresh: readonly Item[], writer: string, target: Target) => {
    const ids = fresh.map(({ id }) => id);
    const { found, someErased } = await find(
      ids,
      target,
      target === "all shards" ? [isBy("!=", writer)] : [],
    );
    const own = new Set(found.filter((row) => row.writer === writer).map(({ id }) => id));
    // A shard that does not answer says nothing of others.
    if (target !== "all shards" && !ids.every((id) => own.has(id)))
      throw new HeedError("STORE_FAILED", "clickhouse store lost a shard while writing");
    const asked = new Set(ids);
    return { contested: found.filter((row) => row.writer !== writer && asked.has(row.id)), someErased };
  };

  /** No order holds between shards: whoever sees an id on another one takes back what nobody was told is stored. */
  const withdraw = async (
    contested: readonly FoundRow[],
    own: ReadonlyMap<string, Item>,
    writer: string,
  ): Promise<void> => {
    if (!place.cluster) return;
    const elsewhere = contested.filter(({ id, key }) => key !== shardingKeyOf(own.get(id)!));
    if (elsewhere.length === 0) return;
    const ids = isAnyOf(
      "id",
      "id",
      elsewhere.map(({ id }) => id),
    );
    await deleteRows(place, name, all([isOf(tenant), ids, isBy("=", writer)]));
  };

  /** Shard by shard: what belongs on a shard that is there is stored, and only the rest fails. */
  const appendByShard = async (items: readonly Item[], writer: string): Promise<Result[]> => {
    const shards = await shardsOf(place, { rows }, tenant, items.map(shardingKeyOf));
    const results = new Array<Result>(items.length);
    for (const [shard, places] of Map.groupBy(items.keys(), (at) => shards[at]!)) {
      const own = places.map((at) => items[at]!);
      const outcomes: Result[] = await append(own, writer, shard).catch((cause) =>
        own.map(() => toHeedError("reach the shard of an item", cause)),
      );
      for (const [nth, at] of places.entries()) results[at] = outcomes[nth]!;
    }
    return results;
  };

  const appendBatch = async (items: readonly Item[]): Promise<Result[]> => {
    const writer = String(randomBytes(8).readBigUInt64LE());
    try {
      return await append(items, writer, "all shards");
    } catch (cause) {
      if (!place.cluster || !isUnreachable(cause)) throw cause;
      return appendByShard(items, writer);
    }
  };

  return async (items: readonly Item[]): Promise<readonly Result[]> => {
    const results: Result[] = [];
    for (let at = 0; at < items.length; at += mostItems)
      results.push(...(await appendBatch(items.slice(at, at + mostItems))));
    return results;
  };
};
