import { createClient } from "@clickhouse/client";
import { clickhouseStore } from "@heed/store-clickhouse";
import { startClickHouse } from "../engines/start-clickhouse.ts";
import { testEngineFaults } from "./engine-faults.ts";

testEngineFaults("ClickHouse", async () => {
  const node = await startClickHouse();
  const client = createClient({ url: node.url, log: { level: 127 } });
  const store = clickhouseStore(client);
  await store.setup();
  return {
    store,
    kill: () => node.kill(),
    restart: () => node.restart(),
    stop: async () => {
      await client.close();
      await node.stop();
    },
  };
});
