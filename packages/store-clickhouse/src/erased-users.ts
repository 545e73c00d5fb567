import { HeedError, userDigest } from "@heed/core";
import type { Settings } from "./clickhouse-client.ts";
import { tenantColumn } from "./columns.ts";
import { all, isAnyOf, isOf } from "./condition.ts";
import { deleteRows } from "./delete-rows.ts";
import type { Engine } from "./engine.ts";
import { type Place, table } from "./place.ts";
import { shardNumbers } from "./shards.ts";

/** Events removed by one statement. */
const batchIds = 5_000;

/** How often events that slip in are removed again, before the erasure is given up. */
const mostRounds = 10;

/** The erased users of one tenant, of whom nothing is kept but their digests. */
export const erasedUsers = (place: Place, { rows, insert }: Engine, tenant: string) => {
  const events = table(place, "feedback_events");
  const tombstones = table(place, "erased_users");

  /** Those of the users that were erased. */
  const among = async (userIds: Iterable<string>, settings: Settings): Promise<ReadonlySet<string>> => {
    const users = new Map(Array.from(new Set(userIds), (userId) => [userDigest(userId), userId]));
    const { sql, bound } = all([isOf(tenant), isAnyOf("digest", "digest", [...users.keys()])]);
    const found = await rows(`SELECT DISTINCT digest FROM ${tombstones} WHERE ${sql}`, bound, settings);
    return new Set(found.map(([digest]) => users.get(digest as string)!));
  };

  const add = async (digests: readonly string[]): Promise<void> => {
    if (digests.length === 0) return;
    const cells = digests.map((digest) => [tenant, digest]);
    // On every shard: whichever is there later on must know.
    for (const shard of await shardNumbers(place, { rows }))
      await insert(tombstones, [tenantColumn, ["digest", "String"]], cells, { insert_shard_id: shard });
  };

  const digests = async (): Promise<string[]> => {
    const found = await rows(`SELECT DISTINCT digest FROM ${tombstones} WHERE tenant = {tenant:String}`, {
      tenant,
    });
    return found.map(([digest]) => digest as string);
  };

  /** The ids of the user's events, those included that never stood as their ids were taken. */
  const idsOf = async (userId: string): Promise<string[]> => {
    const found = await rows(
      `SELECT DISTINCT id FROM ${events} WHERE tenant = {tenant:String} AND user_id = {user:String}`,
      { tenant, user: userId },
    );
    return found.map(([id]) => id as string);
  };

  /** By ids, as the log of the engine's changes must not name a user who is gone. */
  const removeEvents = async (ids: readonly string[]): Promise<void> => {
    for (let at = 0; at < ids.length; at += batchIds) {
      const batch = ids.slice(at, at + batchIds);
      await deleteRows(place, "feedback_events", all([isOf(tenant), isAnyOf("id", "id", batch)]));
    }
  };

  /** Erases a user, and gives how many events there were. */
  const erase = async (userId: string): Promise<number> => {
    const [count] = await rows(
      `SELECT count() FROM ${events} FINAL WHERE tenant = {tenant:String} AND user_id = {user:String}`,
      { tenant, user: userId },
    );
    await add([userDigest(userId)]);
    for (let round = 0; round < mostRounds; round++) {
      const ids = await idsOf(userId);
      if (ids.length === 0) return count![0] as number;
      await removeEvents(ids);
    }
    throw new HeedError("STORE_FAILED", "clickhouse store could not remove a user's events");
  };

  return { among, add, digests, erase, removeEvents };
};
