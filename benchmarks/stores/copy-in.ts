import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { EvaluationRecord } from "@heed/schema";
import type { Pool, Submittable } from "pg";

/** Of the benchmarks alone, which whoever checks the types need not have installed. */
const copyStreams = "pg-copy-streams";

const copy = `COPY records (tenant, id, request_id, timestamp_ms, eval_scores, model, prompt_version, metadata)
  FROM STDIN`;

/** Loads records by COPY, in one transaction. */
export const copyIn = async (pool: Pool, records: readonly EvaluationRecord[]): Promise<void> => {
  const { from } = (await import(copyStreams)) as { from(sql: string): Submittable & Writable };
  const client = await pool.connect();
  try {
    await pipeline(Readable.from([records.map(lineOf).join("")]), client.query(from(copy)));
  } finally {
    client.release();
  }
};

const lineOf = ({
  id,
  requestId,
  timestamp,
  evalScores,
  model,
  promptVersion,
  metadata,
}: EvaluationRecord): string =>
  `${[
    "default",
    id,
    requestId,
    timestamp.getTime(),
    JSON.stringify(evalScores),
    model,
    promptVersion,
    JSON.stringify(metadata),
  ].join("\t")}\n`;
