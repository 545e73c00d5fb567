import type { ClickHouseClient } from "./clickhouse-client.ts";

/** Where the tables are. The names are identifiers, and stand in SQL as they are. */
export interface Place {
  readonly database: string;
  /** The client that all reading and writing goes through. */
  readonly client: ClickHouseClient;
  /** Absent on a single node. */
  readonly cluster?: string | undefined;
  /** A client for each node, for statements that have to run on all of them. */
  readonly nodes?: readonly ClickHouseClient[] | undefined;
  /** Whether `ON CLUSTER` takes these statements everywhere instead. */
  readonly distributedDdl: boolean;
}

export type CollectionName = "feedback_events" | "eval_logs" | "changes";
export type TableName = CollectionName | "erased_users";

/** A table, which on a cluster spans all shards. */
export const table = ({ database }: Place, name: TableName): string => `${database}.${name}`;

/** The part of a table that lies on one node. */
export const localTable = (place: Place, name: TableName): string =>
  place.cluster ? `${table(place, name)}_local` : table(place, name);

/** A query over local tables as a table: it runs where the data lies, and gives the rows of all shards together. */
export const onEveryShard = ({ cluster }: Place, query: string): string =>
  cluster ? `cluster('${cluster}', view(${query}))` : `(${query})`;

/** What makes a statement run on all nodes by itself. */
export const onCluster = ({ cluster, distributedDdl }: Place): string =>
  cluster && distributedDdl ? ` ON CLUSTER '${cluster}'` : "";

/** The clients through which a statement has to run, so that it does on all nodes that can be reached. */
export const nodesOf = ({ client, cluster, nodes, distributedDdl }: Place): readonly ClickHouseClient[] =>
  cluster && nodes && !distributedDdl ? nodes : [client];
