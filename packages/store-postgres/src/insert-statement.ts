import { createHash } from "node:crypto";
import { kinds, type Table } from "./table.ts";

/** A statement that each connection prepares once. */
interface NamedStatement {
  readonly name: string;
  readonly text: string;
}

/**
 * The statement that inserts rows of one tenant, given as an array a column, and answers with the ids of those that it
 * did not: because the id is there, or the user was erased.
 *
 * In the order of the ids: two statements that meet the same new ids wait for each other in one order, and never both.
 *
 * The one statement that is prepared by name: it is the one asked all the time, and its plan is as good for a large table
 * as for the empty one that it may have been made on.
 *
 * Whoever erases a user locks the table against inserts before the user's digest becomes visible, and a statement takes
 * its snapshot after it has its lock on the table: it was done before, and its rows are removed, or it sees the digest.
 */
export const insertStatement = (
  schema: string,
  name: Table<unknown>["name"],
  columns: Table<unknown>["columns"],
): NamedStatement => {
  const names = columns.map((column) => column.name).join(", ");
  const arrays = columns.map(({ kind }, at) => `$${at + 2}::${kinds[kind].type}[]`).join(", ");
  const hasUser = columns.some((column) => column.name === "user_id");
  const digests = hasUser ? `, $${columns.length + 2}::text[]` : "";
  const welcome = `WHERE NOT EXISTS (
        SELECT FROM ${schema}.erased_users AS erased WHERE erased.tenant = $1 AND erased.digest = given.digest)`;
  const text = `
    WITH given AS MATERIALIZED (
      SELECT * FROM unnest(${arrays}${digests}) AS given (${names}${hasUser ? ", digest" : ""})
    ), stored AS (
      INSERT INTO ${schema}.${name} (tenant, ${names})
      SELECT $1, ${names} FROM given ${hasUser ? welcome : ""}
      ORDER BY id COLLATE "C"
      ON CONFLICT DO NOTHING
      RETURNING id
    )
    SELECT id FROM given WHERE NOT EXISTS (SELECT FROM stored WHERE stored.id = given.id)`;
  // A name means one text on a connection, which the stores of several schemas may share.
  return { name: `heed_${createHash("sha256").update(text).digest("hex").slice(0, 16)}`, text };
};
