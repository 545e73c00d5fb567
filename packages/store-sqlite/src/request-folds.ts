import type { DatabaseSync } from "node:sqlite";
import { foldedTypes, foldFeedback, foldRequest } from "@heed/core";
import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { inTransaction } from "./open-database.ts";
import { fromEvaluationRow, fromFeedbackRow, type Row } from "./rows.ts";
import { statementCache } from "./statement-cache.ts";

type Source = "eval_logs" | "feedback_events";

/** Rows taken up in one transaction: the event loop and other writers wait no longer than these take. */
const batchRows: Readonly<Record<Source, number>> = { eval_logs: 50_000, feedback_events: 20_000 };

/** What of a row the folds need: neither prompt nor output. */
const columns: Readonly<Record<Source, string>> = {
  eval_logs: "id, request_id, timestamp_ms, eval_scores, model, prompt_version, metadata, seq",
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
  const { votes, humanScore, exposed, discarded } = foldFeedback(events);
  const eachVote = votes.length > 0 ? JSON.stringify(votes) : null;
  return [votes.length, humanScore, Number(exposed), Number(discarded), eachVote];
};

/**
 * The table of folded requests of one tenant: derived from the two collections by the folds of core, and brought up to
 * date in batches, when an analysis asks for it. A record that is all there is of its request needs no fold.
 *
 * @param refreshIndexes Brings the indexes on request ids up to date: they know all rows of a request.
 */
export const requestFolds = (database: DatabaseSync, tenant: string, refreshIndexes: () => void) => {
  const prepare = statementCache(database);

  const reachOf = (source: Source) => {
    const row = prepare("SELECT seq, requests FROM requests_reach WHERE tenant = ? AND collection = ?").get(
      tenant,
      source,
    ) as { seq: number; requests: number } | undefined;
    return row ?? { seq: 0, requests: 0 };
  };

  const setReach = (source: Source, seq: number, requests: number): void => {
    prepare("INSERT OR REPLACE INTO requests_reach VALUES (?, ?, ?, ?)").run(tenant, source, seq, requests);
  };

  /** Takes up some of the rows that no fold knows of yet; false when there are none. */
  const catchUpOn = (source: Source): boolean => {
    const last = (prepare(`SELECT max(seq) AS seq FROM ${source}`).get()!.seq as number | null) ?? 0;
    if (last <= reachOf(source).seq) return false;
    refreshIndexes();
    inTransaction(database, () => {
      const { seq: after, requests } = reachOf(source);
      const to = Math.min(last, after + batchRows[source]);
      if (to <= after) return;
      if (source === "eval_logs") setReach(source, to, requests + takeUpRecords(after, to));
      else {
        takeUpEvents(after, to);
        setReach(source, to, 0);
      }
    });
    return true;
  };

  /** Folds the requests that the new records are not all of, and gives how many requests are logged for the first time. */
  const takeUpRecords = (after: number, to: number): number => {
    const range = { after, to, tenant };
    const rows = "eval_logs NOT INDEXED WHERE seq > :after AND seq <= :to AND tenant = :tenant";
    const hasRecord = (condition: string) =>
      `EXISTS (SELECT 1 FROM request_index AS other WHERE collection = 'eval_logs' AND other.tenant = :tenant
         AND other.request_id = one.request_id AND ${condition})`;
    // In the order of the index, so that each page of it is read once.
    const inParts = prepare(
      `SELECT request_id, ${hasRecord("other.seq < one.seq")} AS is_later
         FROM (SELECT request_id, seq FROM ${rows} ORDER BY request_id) AS one
         WHERE ${hasRecord("other.seq <> one.seq AND other.seq <= :to")}`,
    ).all(range);
    // Some had feedback before they were logged.
    const early = prepare(
      `SELECT request_id FROM requests AS one
         WHERE number < 0 AND tenant = :tenant AND ${hasRecord("other.seq > :after AND other.seq <= :to")}`,
    ).all(range);
    for (const requestId of new Set([...inParts, ...early].map(({ request_id }) => request_id as string)))
      fold(requestId, to);

    const { n } = prepare(`SELECT count(*) AS n FROM ${rows}`).get(range) as { n: number };
    return n - inParts.filter(({ is_later }) => is_later === 1).length;
  };

  const takeUpEvents = (after: number, to: number): void => {
    const touched = prepare(
      `SELECT DISTINCT request_id FROM feedback_events NOT INDEXED
         WHERE seq > ? AND seq <= ? AND tenant = ? AND ${isFolded} ORDER BY request_id`,
    ).all(after, to, tenant);
    const { seq } = reachOf("eval_logs");
    for (const { request_id } of touched) fold(request_id as string, seq);
  };

  /** All rows of a request up to `reach`, first come first. */
  const rowsOf = (source: Source, requestId: string, reach: number): Row[] =>
    prepare(
      `SELECT ${columns[source]} FROM ${source} NOT INDEXED WHERE seq IN (
         SELECT seq FROM request_index
           WHERE collection = '${source}' AND tenant = ? AND request_id = ? AND seq <= ?)
         ${source === "feedback_events" ? `AND ${isFolded}` : ""} ORDER BY seq`,
    ).all(tenant, requestId, reach);

  /** The number that a request has by its events alone. */
  const eventNumber = (requestId: string): number | null =>
    prepare(
      `SELECT -min(seq) AS number FROM request_index
         WHERE collection = 'feedback_events' AND tenant = ? AND request_id = ?`,
    ).get(tenant, requestId)!.number as number | null;

  /**
   * Folds a request anew from all its rows, and gives whether it is logged.
   *
   * @param logged How far records were taken up: those beyond are still to come.
   * @param removed The numbers that the request may have had by rows that are gone.
   */
  const fold = (requestId: string, logged: number, removed: readonly number[] = []): boolean => {
    const records = rowsOf("eval_logs", requestId, logged);
    const events = rowsOf("feedback_events", requestId, Number.MAX_SAFE_INTEGER);
    const seqs = records.map(({ seq }) => seq as number);
    const number = seqs[0] ?? eventNumber(requestId);
    const stale = JSON.stringify([...removed, ...seqs, eventNumber(requestId) ?? 0]);
    prepare("DELETE FROM requests WHERE number IN (SELECT value FROM json_each(?))").run(stale);
    prepare("DELETE FROM folded_records WHERE seq IN (SELECT value FROM json_each(?))").run(stale);
    const isFoldNeeded = records.length > 1 || events.length > 0;
    if (number === null || !isFoldNeeded) return records.length > 0;
    prepare("INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").run(
      number,
      tenant,
      requestId,
      ...recordCells(records.map(fromEvaluationRow)),
      ...feedbackCells(events.map(fromFeedbackRow)),
    );
    for (const seq of seqs) prepare("INSERT INTO folded_records VALUES (?)").run(seq);
    return records.length > 0;
  };

  return {
    /** How far records were taken up, and how many requests they log. */
    logged: () => reachOf("eval_logs"),

    /**
     * Takes up the next batch of what was appended since the last time; false when nothing is left.
     *
     * @throws the engine's error when the database cannot be written
     */
    catchUp: (): boolean => catchUpOn("eval_logs") || catchUpOn("feedback_events"),

    /** Folds requests anew of which rows were removed, given by request; part of the transaction that removed them. */
    refold:
      (source: Source) =>
      (removed: ReadonlyMap<string, readonly number[]>): void => {
        const { seq: reach, requests } = reachOf("eval_logs");
        let gone = 0;
        for (const [requestId, seqs] of removed) {
          const isLogged = fold(requestId, reach, source === "eval_logs" ? seqs : seqs.map((seq) => -seq));
          if (source === "eval_logs" && !isLogged && seqs.some((seq) => seq <= reach)) gone++;
        }
        if (gone > 0) setReach("eval_logs", reach, requests - gone);
      },
  };
};
