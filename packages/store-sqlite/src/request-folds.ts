import type { DatabaseSync } from "node:sqlite";
import { foldedTypes, foldFeedback, foldRequest } from "@heed/core";
import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { inTransaction } from "./open-database.ts";
import { fromEvaluationRow, fromFeedbackRow, type Row } from "./rows.ts";
import { statementCache } from "./statement-cache.ts";

type Source = "eval_logs" | "feedback_events";

/** Rows taken up in one transaction: the event loop and other writers wait no longer than these take. */
const batchRows: Readonly<Record<Source, number>> = { eval_logs: 100_000, feedback_events: 20_000 };

/** What of a row the folds need: neither prompt nor output. */
const columns: Readonly<Record<Source, string>> = {
  eval_logs: "id, request_id, timestamp_ms, eval_scores, model, prompt_version, metadata",
  feedback_events: "id, request_id, type, value, user_id, timestamp_ms, metadata",
};

const isFolded = `type IN (${foldedTypes.map((type) => `'${type}'`).join(", ")})`;

const json = (value: object | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value);

/** The cells of a request's records, in the order of the columns `timestamp_ms` to `metadata`. */
const recordCells = (records: readonly EvaluationRecord[]) => {
  if (records.length === 0) return [null, null, null, null, null];
  const { timestamp, evalScores, model, promptVersion, metadata } = foldRequest(records);
  return [timestamp.getTime(), json(evalScores), model ?? null, promptVersion ?? null, json(metadata)];
};

/** The cells of a request's events, in the order of the columns `votes` to `each_vote`. */
const feedbackCells = (events: readonly FeedbackEvent[]) => {
  if (events.length === 0) return [null, null, null, null, null];
  const { votes, humanScore, exposed, discarded } = foldFeedback(events);
  const eachVote = votes.length > 0 ? JSON.stringify(votes) : null;
  return [votes.length, humanScore, Number(exposed), Number(discarded), eachVote];
};

/**
 * The table of folded requests of one tenant: derived from the two collections by the folds of core, and brought up to
 * date in batches, when an analysis asks for it.
 *
 * @param refreshIndexes Brings the indexes on request ids up to date: they know all rows of a request.
 */
export const requestFolds = (database: DatabaseSync, tenant: string, refreshIndexes: () => void) => {
  const prepare = statementCache(database);

  const reachOf = (source: Source): number =>
    (prepare("SELECT seq FROM requests_reach WHERE tenant = ? AND collection = ?").get(tenant, source)?.seq as
      | number
      | undefined) ?? 0;

  /** Takes up some of the rows that no folded request knows of yet; false when there are none. */
  const catchUpOn = (source: Source, takeUp: (after: number, to: number) => void): boolean => {
    const reach = reachOf(source);
    const last = (prepare(`SELECT max(seq) AS seq FROM ${source}`).get()!.seq as number | null) ?? 0;
    if (last <= reach) return false;

    refreshIndexes();
    const to = Math.min(last, reach + batchRows[source]);
    inTransaction(database, () => {
      takeUp(reach, to);
      prepare(
        "INSERT INTO requests_reach VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)",
      ).run(tenant, source, to);
    });
    return true;
  };

  /** Most requests were logged at once: their rows go over as they are, and only the others are folded. */
  const takeUpRecords = (after: number, to: number): void => {
    const rows = "eval_logs AS record NOT INDEXED WHERE seq > ? AND seq <= ? AND tenant = ?";
    const range = [after, to, tenant];
    const isAlone = `NOT EXISTS (SELECT 1 FROM request_index WHERE collection = 'eval_logs' AND tenant = record.tenant
      AND request_id = record.request_id AND seq <> record.seq)`;
    const { changes } = prepare(
      `INSERT INTO requests (number, tenant, request_id, timestamp_ms, eval_scores, model, prompt_version, metadata)
         SELECT seq, tenant, request_id, timestamp_ms, jsonb(eval_scores), model, prompt_version, jsonb(metadata)
         FROM ${rows} AND ${isAlone} ON CONFLICT DO NOTHING`,
    ).run(...range);
    const { n } = prepare(`SELECT count(*) AS n FROM ${rows}`).get(...range)!;
    const others = new Set(
      changes === n
        ? []
        : prepare(`SELECT request_id FROM ${rows} AND NOT ${isAlone}`)
            .all(...range)
            .map(({ request_id }) => request_id as string),
    );
    // Some had feedback before they were logged.
    const early = prepare(
      `SELECT request_id FROM requests WHERE number < 0 AND tenant = ? AND EXISTS (
         SELECT 1 FROM request_index WHERE collection = 'eval_logs' AND tenant = requests.tenant
           AND request_id = requests.request_id AND seq > ? AND seq <= ?)`,
    ).all(tenant, after, to);
    for (const { request_id } of early) others.add(request_id as string);
    for (const requestId of others) fold(requestId, to);
  };

  const takeUpEvents = (after: number, to: number): void => {
    const rows = prepare(
      `SELECT ${columns.feedback_events} FROM feedback_events NOT INDEXED
         WHERE seq > ? AND seq <= ? AND tenant = ? AND ${isFolded} ORDER BY request_id`,
    ).all(after, to, tenant);
    const fillIn = prepare(
      `UPDATE requests SET votes = ?, human_score = ?, exposed = ?, discarded = ?, each_vote = ?
         WHERE number = ? AND votes IS NULL`,
    );
    const logged = reachOf("eval_logs");
    for (const [requestId, own] of Map.groupBy(rows, ({ request_id }) => request_id as string)) {
      const isFirst =
        fillIn.run(...feedbackCells(own.map(fromFeedbackRow)), firstSeq("eval_logs", requestId, logged) ?? 0)
          .changes === 1;
      if (!isFirst) fold(requestId, logged);
    }
  };

  /** The first row of a request among those up to `reach`. */
  const firstSeq = (source: Source, requestId: string, reach: number): number | null =>
    prepare(
      `SELECT min(seq) AS seq FROM request_index
         WHERE collection = ? AND tenant = ? AND request_id = ? AND seq <= ?`,
    ).get(source, tenant, requestId, reach)!.seq as number | null;

  const rowsOf = (source: Source, requestId: string): Row[] =>
    prepare(
      `SELECT ${columns[source]} FROM ${source} NOT INDEXED WHERE seq IN (
         SELECT seq FROM request_index WHERE collection = '${source}' AND tenant = ? AND request_id = ?)
         ${source === "feedback_events" ? `AND ${isFolded}` : ""}`,
    ).all(tenant, requestId);

  /**
   * Folds a request anew from all its rows.
   *
   * @param logged How far records were taken up: those beyond are still to come.
   * @param removed The numbers that the request may have had by rows that are gone.
   */
  const fold = (requestId: string, logged: number, removed: readonly number[] = []): void => {
    const firstRecord = firstSeq("eval_logs", requestId, logged);
    const firstEvent = firstSeq("feedback_events", requestId, Number.MAX_SAFE_INTEGER);
    const numbers = [...removed, firstRecord ?? 0, firstEvent === null ? 0 : -firstEvent];
    prepare("DELETE FROM requests WHERE number IN (SELECT value FROM json_each(?))").run(
      JSON.stringify(numbers),
    );
    const number = firstRecord ?? (firstEvent === null ? null : -firstEvent);
    if (number === null) return;
    const records = firstRecord === null ? [] : rowsOf("eval_logs", requestId).map(fromEvaluationRow);
    const events = rowsOf("feedback_events", requestId).map(fromFeedbackRow);
    prepare(
      `INSERT INTO requests (number, tenant, request_id, timestamp_ms, eval_scores, model, prompt_version, metadata,
         votes, human_score, exposed, discarded, each_vote)
         VALUES (?, ?, ?, ?, jsonb(?), ?, ?, jsonb(?), ?, ?, ?, ?, ?)`,
    ).run(number, tenant, requestId, ...recordCells(records), ...feedbackCells(events));
  };

  return {
    /**
     * Takes up the next batch of what was appended since the last time; false when nothing is left.
     *
     * @throws the engine's error when the database cannot be written
     */
    catchUp: (): boolean =>
      catchUpOn("eval_logs", takeUpRecords) || catchUpOn("feedback_events", takeUpEvents),

    /** Folds requests anew of which rows were removed, given by request; part of the transaction that removed them. */
    refold:
      (source: Source) =>
      (removed: ReadonlyMap<string, readonly number[]>): void => {
        const logged = reachOf("eval_logs");
        for (const [requestId, seqs] of removed)
          fold(requestId, logged, source === "eval_logs" ? seqs : seqs.map((seq) => -seq));
      },
  };
};
