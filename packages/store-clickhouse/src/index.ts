export type { ClickHouseClient } from "./clickhouse-client.ts";
export { clickhouseStore } from "./clickhouse-store.ts";
export type { ClickHouseStoreOptions } from "./clickhouse-store-options.ts";
export type { MissingShards } from "./engine.ts";
