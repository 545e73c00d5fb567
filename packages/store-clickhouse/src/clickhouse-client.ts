import type { Readable } from "node:stream";

/** Values to bind, by the names they have in the SQL. */
export type Bound = Readonly<Record<string, unknown>>;

export type Settings = Readonly<Record<string, string | number>>;

/** What heed uses of the caller's `@clickhouse/client`, which stays the caller's to configure and to close. */
export interface ClickHouseClient {
  query(request: {
    query: string;
    format: "JSONCompactEachRow";
    query_params?: Record<string, unknown>;
    clickhouse_settings?: Record<string, string | number>;
    use_multipart_params_auto?: boolean;
  }): Promise<ClickHouseAnswer>;
  exec(request: {
    query: string;
    values: Readable;
    clickhouse_settings?: Record<string, string | number>;
  }): Promise<{ readonly stream: Readable }>;
}

/** Rows as they come over the wire: one line of JSON a row. */
export interface ClickHouseAnswer {
  text(): Promise<string>;
  stream(): AsyncIterable<readonly { readonly text: string }[]>;
}
