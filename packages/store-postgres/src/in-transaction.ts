import type { PostgresClient, PostgresPool } from "./postgres-pool.ts";

/** Runs `work` in one transaction on a connection of its own; nothing of it stays if it throws. */
export const inTransaction = async <Answer>(
  pool: PostgresPool,
  work: (client: PostgresClient) => Promise<Answer>,
): Promise<Answer> => {
  const connection = await pool.connect();
  const run = (text: string) => connection.query({ text, rowMode: "array" });
  let isBroken = true;
  try {
    await run("BEGIN");
    const answer = await work(connection);
    await run("COMMIT");
    isBroken = false;
    return answer;
  } catch (error) {
    // Fails where the connection has, and then the server rolls back by itself.
    await run("ROLLBACK").catch(() => {});
    throw error;
  } finally {
    connection.release(isBroken);
  }
};
