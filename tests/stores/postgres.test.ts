import { postgresStore } from "@heed/store-postgres";
import { testStore } from "@heed/store-testing";
import pg from "pg";
import { afterAll, inject } from "vitest";

const pool = new pg.Pool({ connectionString: inject("engines").postgresUrl });
afterAll(() => pool.end());

testStore("postgresStore", ({ database, tenant }) => postgresStore(pool, { schema: database, tenant }));

testStore("postgresStore, parted by month", ({ database, tenant }) =>
  postgresStore(pool, { schema: database, tenant, partitionSince: new Date("2026-01-01") }),
);
