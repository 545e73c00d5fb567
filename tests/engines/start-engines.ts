import type { TestProject } from "vitest/node";
import { startClickHouse, startClickHouseCluster } from "./start-clickhouse.ts";
import { startPostgres } from "./start-postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the engines are that the tests share; each test keeps to databases or schemas of its own. */
    readonly engines: {
      readonly postgresUrl: string;
      readonly clickhouseUrl: string;
      /** One for each shard of the cluster. */
      readonly shardUrls: readonly string[];
      /** The name of the cluster. */
      readonly cluster: string;
    };
  }
}

const cluster = "heed_test";

let running: AsyncDisposableStack | undefined;

/** Starts the engines that the stores are tested on, once for all test files. */
export const setup = async ({ provide }: TestProject): Promise<void> => {
  await using started = new AsyncDisposableStack();
  const start = async <Engine extends { stop(): Promise<void> }>(engine: Promise<Engine>): Promise<Engine> =>
    started.adopt(await engine, ({ stop }) => stop());

  const [postgres, clickhouse, shards] = await Promise.all([
    start(startPostgres()),
    start(startClickHouse()),
    start(startClickHouseCluster({ shards: 2, name: cluster })),
  ]);
  provide("engines", {
    postgresUrl: postgres.url,
    clickhouseUrl: clickhouse.url,
    shardUrls: shards.nodes.map(({ url }) => url),
    cluster,
  });
  running = started.move();
};

/** Stops them. */
export const teardown = async (): Promise<void> => running?.disposeAsync();
