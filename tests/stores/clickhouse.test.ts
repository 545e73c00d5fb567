import { createClient } from "@clickhouse/client";
import { clickhouseStore } from "@heed/store-clickhouse";
import { testStore } from "@heed/store-testing";
import { afterAll, inject } from "vitest";

const client = createClient({ url: inject("engines").clickhouseUrl, log: { level: 127 } });
afterAll(() => client.close());

testStore("clickhouseStore", (place) => clickhouseStore(client, place));
