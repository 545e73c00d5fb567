import { bindTexts } from "./bind-texts.ts";
import type { Engine } from "./engine.ts";
import type { Place } from "./place.ts";

type Rows = Pick<Engine, "rows">;

/** The numbers of the cluster's shards, from 1; 0 for a node by itself, which is none. */
export const shardNumbers = async ({ cluster }: Place, { rows }: Rows): Promise<readonly number[]> => {
  if (!cluster) return [0];
  const shards = await rows(
    "SELECT DISTINCT shard_num FROM system.clusters WHERE cluster = {cluster:String} ORDER BY shard_num",
    { cluster },
  );
  return shards.map(([shard]) => shard as number);
};

/** The shards on which rows with these sharding keys lie, in order: as the engine reckons, without asking a shard. */
export const shardsOf = async (
  { cluster }: Place,
  { rows }: Rows,
  tenant: string,
  keys: readonly string[],
): Promise<readonly number[]> => {
  const { lists, bound } = bindTexts("keys", keys);
  const [row] = await rows(
    `WITH (
       SELECT arrayFlatten(groupArray(arrayWithConstant(weight, shard_num))) FROM (
         SELECT shard_num, any(shard_weight) AS weight FROM system.clusters
         WHERE cluster = {cluster:String} GROUP BY shard_num ORDER BY shard_num)
     ) AS slots
     SELECT arrayMap(key -> slots[1 + cityHash64({tenant:String}, key) % length(slots)], arrayConcat(${lists.join(", ")}))`,
    { ...bound, cluster, tenant },
  );
  return row![0] as number[];
};
