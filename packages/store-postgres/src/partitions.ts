import { keepNoSamples } from "./migrations.ts";
import type { PostgresClient } from "./postgres-pool.ts";

const partedTables = ["feedback_events", "eval_logs"] as const;

/** Months that are made ahead of time. */
const monthsAhead = 3;

/**
 * Gives every month from `since` until three months from now a partition of its own, in which its ids belong; whatever
 * is older or later than these has one in common. Months that are there stay as they are, and what had gone to the
 * common partition before its month was made moves.
 *
 * @param since Left out, the months after the last that there is.
 * @param nowMs Milliseconds since 1970.
 */
export const createPartitions = async (
  client: PostgresClient,
  schema: string,
  since: Date | undefined,
  nowMs: number,
): Promise<void> => {
  const run = (text: string) => client.query({ text, rowMode: "array" });
  for (const table of partedTables) {
    const parent = `${schema}.${table}`;
    const others = `${parent}_other`;
    await run(`CREATE TABLE IF NOT EXISTS ${others} PARTITION OF ${parent} DEFAULT`);
    const present = await monthsOf(client, parent);
    const first = since ?? present.map((month) => new Date(month)).at(-1) ?? new Date(nowMs);
    for (const month of monthsBetween(first, nowMs)) {
      if (present.includes(month)) continue;
      const partition = `${parent}_${month.replace("-", "_")}`;
      const from = firstIdOf(month);
      const to = firstIdOf(monthAfter(month));
      // No insert may come between the move and the attachment.
      await run(`LOCK TABLE ${others} IN ACCESS EXCLUSIVE MODE`);
      await run(`CREATE TABLE ${partition} (LIKE ${parent} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
      await run(
        `WITH moved AS (DELETE FROM ${others} WHERE id >= '${from}' AND id < '${to}' RETURNING *)
         INSERT INTO ${partition} SELECT * FROM moved`,
      );
      await run(
        `ALTER TABLE ${parent} ATTACH PARTITION ${partition} FOR VALUES FROM ('${from}') TO ('${to}')`,
      );
    }
  }
  // A partition does not have this from its parent.
  await run(keepNoSamples(schema));
};

/** The months that have a partition, as `2026-01`, rising. */
const monthsOf = async (client: PostgresClient, parent: string): Promise<string[]> => {
  const { rows } = await client.query({
    text: `SELECT substring(relname from '\\d{4}_\\d{2}$') AS month
           FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
           WHERE inhparent = $1::regclass AND relname ~ '_\\d{4}_\\d{2}$' ORDER BY month`,
    values: [parent],
    rowMode: "array",
  });
  return rows.map(([month]) => (month as string).replace("_", "-"));
};

function* monthsBetween(first: Date, nowMs: number) {
  const last = new Date(nowMs);
  last.setUTCMonth(last.getUTCMonth() + monthsAhead, 1);
  for (let month = nameOf(first); month <= nameOf(last); month = monthAfter(month)) yield month;
}

const nameOf = (moment: Date): string => moment.toISOString().slice(0, 7);

const monthAfter = (month: string): string => {
  const next = new Date(month);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return nameOf(next);
};

/** What the ids of a month begin with or exceed: the ten characters of a ULID that tell its time. */
const firstIdOf = (month: string): string => {
  const timeMs = new Date(month).getTime();
  const digits = Array.from({ length: 10 }, (_, at) => Math.floor(timeMs / 32 ** (9 - at)) % 32);
  return digits.map((digit) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[digit]).join("");
};
