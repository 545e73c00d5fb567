import { Readable } from "node:stream";
import { HeedError } from "@heed/core";
import type { Bound, ClickHouseAnswer, ClickHouseClient, Settings } from "./clickhouse-client.ts";
import type { Column } from "./columns.ts";
import { isUnreachable } from "./engine-error.ts";
import { type Row, rowBinary } from "./row-binary.ts";

/** The cells of one row, as JSON has them. */
export type Cells = readonly unknown[];

/** What of the data was not there for an answer. */
export interface MissingShards {
  /** The numbers of the shards, as in `system.clusters`, from 1. */
  readonly missingShards: readonly number[];
}

/** What one statement finds, or does. */
export type Engine = ReturnType<typeof engine>;

/** An answer is complete, or it is an error; and its numbers are JSON's. */
const readSettings: Settings = {
  // Without it, an error in the middle would come after the first rows, as text.
  wait_end_of_query: 1,
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_denormals: 1,
  output_format_json_map_as_array_of_tuples: 0,
  // A side without a match has nothing, rather than zeros and empty texts.
  join_use_nulls: 1,
};

const writeSettings: Settings = {
  // An answer means that the rows are in their tables, on every shard.
  async_insert: 0,
  distributed_foreground_insert: 1,
  // The rows of one insert never share a key: to collapse them is to look for nothing.
  optimize_on_insert: 0,
  wait_end_of_query: 1,
};

/** Runs statements on the caller's client. */
export const engine = (
  client: ClickHouseClient,
  {
    cluster,
    onPartial,
  }: {
    readonly cluster?: string | undefined;
    /** Is told of every answer that rests on a part of the data; without it, there is none such. */
    readonly onPartial?: ((missing: MissingShards) => void) | undefined;
  } = {},
) => {
  const ask = (query: string, bound: Bound, settings: Settings): Promise<ClickHouseAnswer> =>
    client.query({
      query,
      format: "JSONCompactEachRow",
      query_params: { ...bound },
      clickhouse_settings: { ...readSettings, ...settings },
      // Long lists do not fit into an URL.
      use_multipart_params_auto: true,
    });

  /** All rows of an answer of which nothing is missing, unless the settings say otherwise. */
  const rows = async (query: string, bound: Bound = {}, settings: Settings = {}): Promise<Cells[]> =>
    parseRows(await (await ask(query, bound, settings)).text());

  const missingShards = async (): Promise<readonly number[]> => {
    const missing = await rows(
      `SELECT DISTINCT shard_num FROM system.clusters WHERE cluster = {cluster:String} AND shard_num NOT IN (
         SELECT _shard_num FROM cluster('${cluster}', system.one)) ORDER BY shard_num`,
      { cluster },
      { skip_unavailable_shards: 1 },
    );
    return missing.map(([shard]) => shard as number);
  };

  /** Asks all shards; and those that are there, where the caller wants to be told rather than refused. */
  const askAll = async (query: string, bound: Bound): Promise<ClickHouseAnswer> => {
    try {
      return await ask(query, bound, {});
    } catch (cause) {
      if (!cluster || !isUnreachable(cause)) throw cause;
      if (!onPartial)
        throw new HeedError("STORE_INCOMPLETE", "clickhouse store misses a shard of the cluster", { cause });
      const answer = await ask(query, bound, { skip_unavailable_shards: 1 });
      onPartial({ missingShards: await missingShards() });
      return answer;
    }
  };

  return {
    rows,
    /** All rows of an answer on the caller's terms: complete, or as much as there is and said to be partial. */
    read: async (query: string, bound: Bound): Promise<Cells[]> =>
      parseRows(await (await askAll(query, bound)).text()),

    /** The same, in pieces of any size. */
    stream: async function* (query: string, bound: Bound): AsyncGenerator<Cells[], void, undefined> {
      const answer = await askAll(query, bound);
      for await (const lines of answer.stream()) yield lines.map(({ text }) => JSON.parse(text) as Cells);
    },

    insert: async (
      table: string,
      columns: readonly Column[],
      values: readonly Row[],
      settings: Settings = {},
    ): Promise<void> => {
      const names = columns.map(([name]) => name).join(", ");
      const { stream } = await client.exec({
        query: `INSERT INTO ${table} (${names}) FORMAT RowBinary`,
        values: Readable.from([rowBinary(columns, values)]),
        clickhouse_settings: { ...writeSettings, ...settings },
      });
      // Nothing comes, but as long as it is not read, the connection is not free.
      for await (const _ of stream);
    },
  };
};

const parseRows = (text: string): Cells[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Cells);
