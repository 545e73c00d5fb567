import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresStore } from "@heed/store-postgres";
import pg from "pg";
import { startPostgres } from "../engines/start-postgres.ts";
import { testEngineFaults } from "./engine-faults.ts";

testEngineFaults("Postgres", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "heed-postgres-"));
  let server = await startPostgres({ dataDir, durable: true });
  const { port, url } = server;
  const pool = new pg.Pool({ connectionString: url });
  // Each connection that the kill breaks says so.
  pool.on("error", () => {});
  const store = postgresStore(pool);
  await store.setup();
  return {
    store,
    kill: () => server.kill(),
    restart: async () => {
      server = await startPostgres({ dataDir, port, durable: true });
    },
    stop: async () => {
      await pool.end();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
});
