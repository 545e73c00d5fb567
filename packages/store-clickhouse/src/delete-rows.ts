import { HeedError } from "@heed/core";
import type { Condition } from "./condition.ts";
import { engine } from "./engine.ts";
import { localTable, nodesOf, onCluster, type Place, type TableName } from "./place.ts";

/**
 * Removes the rows that match from every node, and from its disk: no mark on rows that stay.
 *
 * @throws HeedError `STORE_FAILED` on a cluster none of whose other nodes can be reached
 */
export const deleteRows = async (place: Place, name: TableName, condition: Condition): Promise<void> => {
  const { cluster, nodes, distributedDdl } = place;
  if (cluster && !nodes && !distributedDdl)
    throw new HeedError(
      "STORE_FAILED",
      "clickhouse store removes from a cluster only with the option nodes or distributedDdl",
    );
  await Promise.all(
    nodesOf(place).map((node) =>
      engine(node).rows(
        `ALTER TABLE ${localTable(place, name)}${onCluster(place)} DELETE WHERE ${condition.sql}`,
        condition.bound,
        { mutations_sync: 2 },
      ),
    ),
  );
};
