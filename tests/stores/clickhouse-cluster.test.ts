import { createClient } from "@clickhouse/client";
import { clickhouseStore } from "@heed/store-clickhouse";
import { testStore } from "@heed/store-testing";
import { afterAll, inject } from "vitest";

const { shardUrls, cluster } = inject("engines");
const nodes = shardUrls.map((url) => createClient({ url, log: { level: 127 } }));
afterAll(() => Promise.all(nodes.map((node) => node.close())));

testStore(
  "clickhouseStore on two shards",
  (place) => clickhouseStore(nodes[0]!, { ...place, cluster, nodes }),
  // What the generated data tries is mostly what it tries on one node, and takes twice as long here.
  { runs: 1 },
);
