import type { DatabaseSync } from "node:sqlite";

/** The path of the file behind a connection; undefined where there is none, as in memory. */
export const fileOf = (database: DatabaseSync): string | undefined => {
  const [main] = database.prepare("PRAGMA database_list").all();
  return (main?.file as string | null) || undefined;
};
