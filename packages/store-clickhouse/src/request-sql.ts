import { foldedTypes, type RequestQuery } from "@heed/core";
import { keySchema } from "@heed/schema";
import type { Condition } from "./condition.ts";
import { localTable, type Place } from "./place.ts";

/**
 * Where a row stands among others by (timestamp, id), as text that sorts so. ClickHouse compares tuples twenty times as
 * slowly, and no moment that can be stored has more than thirteen digits.
 */
const moment = "concat(leftPad(toString(timestamp_ms), 13, '0'), id)";

const isFolded = `type IN (${foldedTypes.map((type) => `'${type}'`).join(", ")})`;

/** What an event adds to: one user's thumb or rating, an exposure, a discard. */
const kind = `multiIf(
  type = 'implicit_exposure', 'exposure',
  type = 'implicit_discard', 'discard',
  type = 'explicit_rating' OR type = 'explicit_retraction' AND value = '"rating"', 'rating',
  type = 'explicit_retraction' AND value = '"comment"', 'comment',
  'thumb')`;

/**
 * What users said and did about each request: the standing votes in order of time, as lines of a type and a value in
 * JSON, and with `eachVote` as tuples of such a line, the user or nothing, and the metadata in JSON or empty.
 */
const feedbackOf = (place: Place, eachVote: boolean): string => {
  const own = eachVote
    ? `, argMax(user_id, ${moment}) AS user, argMax(ifNull(metadata, ''), ${moment}) AS about`
    : "";
  const fields = eachVote ? "(at, vote, user, about)" : "(at, vote)";
  const standing = `arraySort(groupArrayIf(${fields},
    kind IN ('thumb', 'rating') AND NOT startsWith(vote, 'explicit_retraction')))`;
  const votes = eachVote
    ? `arrayMap(one -> (one.2, one.3, one.4), ${standing})`
    : `arrayStringConcat(${standing}.2, '\\n')`;
  return `
    SELECT of_request, max(kind = 'exposure') AS exposed, max(kind = 'discard') AS discarded, ${votes} AS votes
    FROM (
      SELECT request_id AS of_request, ${kind} AS kind,
        -- The events of nobody each stand alone.
        isNull(user_id) AS anonymous, ifNull(user_id, id) AS owner,
        max(${moment}) AS at, argMax(concat(type, ' ', value), ${moment}) AS vote${own}
      FROM ${localTable(place, "feedback_events")} FINAL
      WHERE tenant = {tenant:String} AND ${isFolded}
      GROUP BY of_request, kind, anonymous, owner)
    GROUP BY of_request`;
};

/** A value that a request has from one of its records: the earliest or latest that has it. */
const taken = (by: "argMin" | "argMax", value: string): string =>
  `${by}If(${value}, ${moment}, isNotNull(${value}))`;

/** The labels that are no keys of the metadata. */
const labelColumns: ReadonlyMap<string, string> = new Map([
  ["model", "model"],
  ["promptVersion", "prompt_version"],
]);

/** A score of one record; nothing, where no object can have such a key. */
const scoreIn = (score: string, at: number): string =>
  keySchema.safeParse(score).success
    ? `JSONExtract(eval_scores, {score_${at}:String}, 'Nullable(Float64)')`
    : "CAST(NULL AS Nullable(Float64))";

const labelIn = (label: string, at: number): string =>
  labelColumns.get(label) ??
  (keySchema.safeParse(label).success
    ? `nullIf(JSONExtractRaw(metadata, {label_${at}:String}), '')`
    : "CAST(NULL AS Nullable(String))");

/** The columns `score_0`, `label_0` and so on: each score is the latest of its name, each label the earliest. */
const wantedOf = ({ scores = [], labels = [] }: Pick<RequestQuery, "scores" | "labels">): Condition => {
  const columns = [
    ...scores.map((score, at) => `${taken("argMax", scoreIn(score, at))} AS score_${at}`),
    ...labels.map((label, at) => `${taken("argMin", labelIn(label, at))} AS label_${at}`),
  ];
  const bound = {
    ...Object.fromEntries(scores.map((score, at) => [`score_${at}`, score])),
    ...Object.fromEntries(labels.map((label, at) => [`label_${at}`, label])),
  };
  return { sql: columns.map((column) => `, ${column}`).join(""), bound };
};

/** Each logged request. */
const recordsOf = (place: Place, columns: string, more: string): string => `
  SELECT request_id AS of_request, min(timestamp_ms) AS logged_ms${columns}
  FROM ${localTable(place, "eval_logs")} FINAL
  WHERE tenant = {tenant:String}${more}
  GROUP BY of_request`;

/** Requests that may have a standing vote; some votes may not stand. */
const votedOn = (place: Place): string => `
  SELECT request_id FROM ${localTable(place, "feedback_events")}
  WHERE tenant = {tenant:String} AND type IN ('explicit_thumbs_up', 'explicit_thumbs_down', 'explicit_rating')`;

/** Whether a request was logged in the period. */
export const isInPeriod = ({ since, until }: Pick<RequestQuery, "since" | "until">): Condition => ({
  sql: `logged_ms IS NOT NULL${since ? " AND logged_ms >= {since:Int64}" : ""}${until ? " AND logged_ms < {until:Int64}" : ""}`,
  bound: {
    ...(since && { since: since.getTime() }),
    ...(until && { until: until.getTime() }),
  },
});

/** Some value of the first score of a query, or 0: what values far from zero lie around. */
export const pivotOf = (place: Place, { scores = [] }: RequestQuery): string => `ifNull((
  SELECT ${scoreIn(scores[0]!, 0)} AS score FROM ${localTable(place, "eval_logs")}
  WHERE tenant = {tenant:String} AND isNotNull(score) LIMIT 1), 0)`;

/** The logged requests of a period, without anything but their ids and times. */
export const loggedRequests = (place: Place, query: Pick<RequestQuery, "since" | "until">): Condition => {
  const { sql, bound } = isInPeriod(query);
  return { sql: `SELECT * FROM (${recordsOf(place, "", "")}) WHERE ${sql}`, bound };
};

/**
 * The requests of a query, folded, one row each, of those whose rows lie on one node: the columns `request`,
 * `logged_ms`, `exposed`, `discarded`, `votes`, then the scores and labels. What a request does not have is NULL.
 */
export const requestRows = (place: Place, query: RequestQuery): Condition => {
  const { scores = [], labels = [], votedOnly = false, eachVote = false } = query;
  const wanted = wantedOf(query);
  const period = isInPeriod(query);
  const records = recordsOf(place, wanted.sql, votedOnly ? ` AND request_id IN (${votedOn(place)})` : "");
  const feedback = feedbackOf(place, eachVote);
  const names = [
    ...["logged_ms", "exposed", "discarded", "votes"],
    ...scores.map((_, at) => `score_${at}`),
    ...labels.map((_, at) => `label_${at}`),
  ];
  const isVoted = "notEmpty(votes)";
  const sql = votedOnly
    ? `SELECT feedback.of_request AS request, ${names.join(", ")}
         FROM (SELECT * FROM (${feedback}) WHERE ${isVoted}) AS feedback
         LEFT JOIN (${records}) AS records ON feedback.of_request = records.of_request
         WHERE logged_ms IS NULL OR (${period.sql})`
    : `SELECT coalesce(records.of_request, feedback.of_request) AS request, ${names.join(", ")}
         FROM (${records}) AS records
         FULL JOIN (${feedback}) AS feedback ON feedback.of_request = records.of_request
         WHERE (logged_ms IS NULL AND ${isVoted}) OR (${period.sql})`;
  return { sql, bound: { ...wanted.bound, ...period.bound } };
};
