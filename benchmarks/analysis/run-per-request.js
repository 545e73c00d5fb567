/** One query a request, as the usual tutorial does it, on the same indexed file; prints what it took. */
import { DatabaseSync } from "node:sqlite";
import { pearson, spearman } from "@heed/core/stats";

const started = performance.now();
const database = new DatabaseSync(process.argv[2], { readOnly: true });
const ids = database
  .prepare("SELECT DISTINCT request_id FROM feedback_events WHERE type LIKE 'explicit_%'")
  .all();

const human = [];
const automatic = [];
for (const { request_id } of ids) {
  const events = database
    .prepare(
      "SELECT type, value, user_id FROM feedback_events WHERE request_id = ? ORDER BY timestamp_ms, id",
    )
    .all(request_id);
  const record = database.prepare("SELECT eval_scores FROM eval_logs WHERE request_id = ?").get(request_id);
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
