import { migrations } from "./migrations.ts";

/** All that `setup()` does to an empty database, to be read or to be run by hand: the text of `schema.sql`. */
export const schemaSql =
  (): string => `-- The tables of heed. setup() creates them, or brings older ones up to date.

BEGIN;
CREATE SCHEMA IF NOT EXISTS "heed";
${migrations.map((migration) => `${migration('"heed"', false)}\nUPDATE "heed".heed_version SET version = version + 1;\n`).join("")}
COMMIT;
`;
