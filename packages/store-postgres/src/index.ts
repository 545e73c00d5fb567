export type { PostgresClient, PostgresConnection, PostgresPool, PostgresQuery } from "./postgres-pool.ts";
export { type PostgresStoreOptions, postgresStore } from "./postgres-store.ts";
