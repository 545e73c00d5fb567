import { HeedError } from "@heed/core";
import { engine } from "./engine.ts";
import { isMissing } from "./engine-error.ts";
import { nodesOf, onCluster, type Place } from "./place.ts";
import { migrations } from "./schema.ts";

/**
 * Makes the tables that are not there yet, on all nodes that can be reached; several clients may do so at once.
 *
 * @param replicated Whether the cluster keeps copies of its shards; left out, `system.clusters` tells.
 */
export const setUp = async (place: Place, replicated: boolean | undefined): Promise<void> => {
  const { database } = place;
  const steps = migrations(place, replicated ?? (await isReplicated(place)));
  // Each node has a version of its own: one may have been away the last time.
  await Promise.all(
    nodesOf(place).map(async (client) => {
      const { rows, insert } = engine(client);
      await rows(`CREATE DATABASE IF NOT EXISTS ${database}${onCluster(place)}`);
      await rows(
        `CREATE TABLE IF NOT EXISTS ${versions(place)}${onCluster(place)} (version Int64)
           ENGINE = MergeTree ORDER BY version`,
      );
      const version = await versionOf(place, client);
      refuseNewer(version, steps.length);
      for (const [at, statements] of steps.entries()) {
        if (at < version) continue;
        for (const statement of statements) await rows(statement);
        await insert(versions(place), [["version", "Int64"]], [[at + 1]]);
      }
    }),
  );
};

/**
 * Makes sure that the tables are the ones this version of heed knows.
 *
 * @throws HeedError `STORE_FAILED` when `setup` was never run, or a newer heed has been at the tables.
 */
export const checkVersion = async (place: Place): Promise<void> => {
  const version = await versionOf(place, place.client);
  const known = migrations(place, false).length;
  refuseNewer(version, known);
  if (version < known)
    throw new HeedError("STORE_FAILED", "clickhouse store has no up-to-date tables: call setup() first");
};

const refuseNewer = (version: number, known: number): void => {
  if (version > known)
    throw new HeedError("STORE_FAILED", "clickhouse store cannot use the tables of a newer version of heed");
};

const versions = ({ database }: Place): string => `${database}.heed_version`;

/** 0 where there are no tables. */
const versionOf = async (place: Place, client: Place["client"]): Promise<number> => {
  try {
    const [row] = await engine(client).rows(`SELECT max(version) FROM ${versions(place)}`);
    return row![0] as number;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
};

/** Whether the cluster keeps copies of its shards. */
const isReplicated = async ({ client, cluster }: Place): Promise<boolean> => {
  if (!cluster) return false;
  const [row] = await engine(client).rows(
    "SELECT max(replica_num) > 1 FROM system.clusters WHERE cluster = {cluster:String}",
    { cluster },
  );
  return row![0] === 1;
};
