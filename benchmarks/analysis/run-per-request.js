/**
 * One query a request on the same indexed file; prints what it took. `run-per-request.js FILE all|needed`: whole rows, as
 * tutorials and object mappers read them, or no more columns than the indexes hold.
 */
import { DatabaseSync } from "node:sqlite";
import { pearson, spearman } from "@heed/core/stats";

const [file, columns] = process.argv.slice(2);
const of = { all: ["*", "*"], needed: ["type, value, user_id", "eval_scores"] }[columns];

const started = performance.now();
const database = new DatabaseSync(file, { readOnly: true });
const ids = database
  .prepare("SELECT DISTINCT request_id FROM feedback_events WHERE type LIKE 'explicit_%'")
  .all();

const human = [];
const automatic = [];
for (const { request_id } of ids) {
  const events = database
    .prepare(`SELECT ${of[0]} FROM feedback_events WHERE request_id = ? ORDER BY timestamp_ms, id`)
    .all(request_id);
  const record = database.prepare(`SELECT ${of[1]} FROM eval_logs WHERE request_id = ?`).get(request_id);
  if (!record) continue;
  const standing = new Map();
  for (const { type, value, user_id } of events) {
    const score = type === "explicit_rating" ? value : type === "explicit_thumbs_up" ? 5 : 1;
    standing.set(`${type === "explicit_rating"} ${user_id}`, score);
  }
  const scores = [...standing.values()];
  human.push(scores.reduce((sum, score) => sum + score, 0) / scores.length);
  automatic.push(JSON.parse(record.eval_scores).overall);
}
const answer = {
  n: human.length,
  pearson: pearson(human, automatic).r,
  spearman: spearman(human, automatic).r,
};
const ms = performance.now() - started;
console.log(JSON.stringify({ ms, peakMb: process.resourceUsage().maxRSS / 1024, ...answer }));
