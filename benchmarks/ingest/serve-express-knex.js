/** What one would write by hand: Express, the same zod schema, one knex insert a request. */
import { createServer } from "node:http";
import { feedbackBatchSchema } from "@heed/schema";
import express from "express";
import knex from "knex";
import { announce } from "./announce.ts";

const [file, synchronous] = process.argv.slice(2);

const database = knex({
  client: "better-sqlite3",
  connection: { filename: file },
  useNullAsDefault: true,
  pool: { min: 1, max: 1 },
});
await database.raw("PRAGMA journal_mode = WAL");
await database.raw(`PRAGMA synchronous = ${synchronous}`);
await database.schema.createTable("feedback_events", (table) => {
  table.string("id").primary();
  table.string("request_id").index();
  table.string("type");
  table.text("value");
  table.string("user_id");
  table.bigInteger("timestamp_ms");
});

const app = express();
app.use(express.json());
app.post("/v1/feedback", async (request, response) => {
  const batch = feedbackBatchSchema.safeParse(request.body);
  if (!batch.success) return response.status(400).json({ error: batch.error.issues });
  const rows = batch.data.events.map(({ id, requestId, type, value, userId, timestamp }) => ({
    id,
    request_id: requestId,
    type,
    value: JSON.stringify(value),
    user_id: userId,
    timestamp_ms: timestamp?.getTime(),
  }));
  await database("feedback_events").insert(rows).onConflict("id").ignore();
  return response.json({ results: rows.map(({ id }) => ({ id, status: "stored" })) });
});
announce(createServer(app));
