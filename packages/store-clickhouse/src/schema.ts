import { type ColumnType, columns, tenantColumn, writerColumn } from "./columns.ts";
import { type CollectionName, localTable, onCluster, type Place, type TableName, table } from "./place.ts";

/**
 * A column of a row that never changes. Of rows with one key, whatever wrote them, the first that was inserted stands:
 * merges and `FINAL` keep it, and so does every reader, for ever. (`ReplacingMergeTree` keeps the last, or the one of
 * the greatest version, and no clock of a writer's knows in which order inserts arrive.)
 */
const first = (type: ColumnType): string => `SimpleAggregateFunction(any_respect_nulls, ${type})`;

/** Which granules may hold a request's or a user's rows, wherever these lie among the ids. */
const indexes = {
  feedback_events: [
    "INDEX by_request request_id TYPE bloom_filter(0.001) GRANULARITY 1",
    "INDEX by_user user_id TYPE bloom_filter(0.001) GRANULARITY 1",
  ],
  eval_logs: ["INDEX by_request request_id TYPE bloom_filter(0.001) GRANULARITY 1"],
  changes: [],
} as const;

/** What decides on which shard a row lies: all that is known of a request lies together. */
export const shardingColumn = {
  feedback_events: "request_id",
  eval_logs: "request_id",
  changes: "id",
} as const;

/**
 * The statements that make the tables, one list a version. Each may be run again; append only.
 *
 * @param replicated Whether the cluster keeps copies of its shards, which the engines of the tables then keep in step.
 */
export const migrations = (place: Place, replicated: boolean): readonly (readonly string[])[] => {
  const engine = (name: string): string => `${replicated ? "Replicated" : ""}${name}`;

  const create = (name: TableName, body: string, engineName: string, shardingKey: string): string[] => [
    `CREATE TABLE IF NOT EXISTS ${localTable(place, name)}${onCluster(place)} (${body}) ENGINE = ${engine(engineName)}`,
    ...(place.cluster
      ? [
          `CREATE TABLE IF NOT EXISTS ${table(place, name)}${onCluster(place)} AS ${localTable(place, name)}
             ENGINE = Distributed('${place.cluster}', '${place.database}', '${name}_local', ${shardingKey})`,
        ]
      : []),
  ];

  const collection = (name: CollectionName): string[] => {
    const [id, ...others] = columns[name];
    const body = [
      ...[tenantColumn, id!].map((column) => column.join(" ")),
      ...[...others, writerColumn].map(([column, type]) => `${column} ${first(type)}`),
      ...indexes[name],
    ];
    return create(
      name,
      body.join(", "),
      "AggregatingMergeTree ORDER BY (tenant, id)",
      `cityHash64(tenant, ${shardingColumn[name]})`,
    );
  };

  return [
    [
      ...collection("feedback_events"),
      ...collection("eval_logs"),
      ...collection("changes"),
      // What is kept of erased users, on every shard, so that late retries cannot bring them back.
      ...create(
        "erased_users",
        "tenant LowCardinality(String), digest String",
        "ReplacingMergeTree ORDER BY (tenant, digest)",
        "rand()",
      ),
    ],
  ];
};
