import type { SQLOutputValue } from "node:sqlite";
import type { ChangeRecord, EvaluationRecord, FeedbackEvent } from "@heed/schema";

export type Row = Record<string, SQLOutputValue>;
type Cell = string | number | null;

const json = (value: object | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value);

/** A row without the fields that were not given: an absent field and an empty one stay different. */
const present = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

const parsed = (cell: SQLOutputValue | undefined): unknown =>
  typeof cell === "string" ? JSON.parse(cell) : null;

/** The cells of an event, in the order of `feedbackColumns`. */
export const toFeedbackRow = (event: FeedbackEvent): Cell[] => [
  event.id,
  event.requestId,
  event.type,
  toValueCell(event.value),
  "reasons" in event ? json(event.reasons) : null,
  "share" in event ? (event.share ?? null) : null,
  event.userId ?? null,
  event.timestamp.getTime(),
  json(event.metadata),
];

export const feedbackColumns = "id, request_id, type, value, reasons, share, user_id, timestamp_ms, metadata";

export const fromFeedbackRow = (row: Row): FeedbackEvent =>
  present({
    id: row.id,
    requestId: row.request_id,
    type: row.type,
    value: fromValueCell(row.type as FeedbackEvent["type"], row.value!),
    reasons: parsed(row.reasons),
    share: row.share,
    userId: row.user_id,
    timestamp: new Date(row.timestamp_ms as number),
    metadata: parsed(row.metadata),
  }) as FeedbackEvent;

/** Text and numbers as they are, `true` as 1, objects as JSON; the event's type tells which. */
const toValueCell = (value: FeedbackEvent["value"]): Cell =>
  value === true ? 1 : typeof value === "object" ? JSON.stringify(value) : value;

const fromValueCell = (type: FeedbackEvent["type"], cell: SQLOutputValue): unknown => {
  switch (type) {
    case "explicit_thumbs_up":
    case "explicit_thumbs_down":
      return true;
    case "implicit_edit":
    case "implicit_exposure":
      return parsed(cell);
    default:
      return cell;
  }
};

/** The cells of a record, in the order of `evaluationColumns`. */
export const toEvaluationRow = (record: EvaluationRecord): Cell[] => [
  record.id,
  record.requestId,
  record.timestamp.getTime(),
  json(record.evalScores),
  json(record.evaluator),
  record.model ?? null,
  record.promptVersion ?? null,
  json(record.metadata),
  record.prompt ?? null,
  record.output ?? null,
];

export const evaluationColumns =
  "id, request_id, timestamp_ms, eval_scores, evaluator, model, prompt_version, metadata, prompt, output";

export const fromEvaluationRow = (row: Row): EvaluationRecord =>
  present({
    id: row.id,
    requestId: row.request_id,
    timestamp: new Date(row.timestamp_ms as number),
    prompt: row.prompt,
    output: row.output,
    evalScores: parsed(row.eval_scores),
    evaluator: parsed(row.evaluator),
    model: row.model,
    promptVersion: row.prompt_version,
    metadata: parsed(row.metadata),
  }) as unknown as EvaluationRecord;

/** The cells of a change, in the order of `changeColumns`. */
export const toChangeRow = (change: ChangeRecord): Cell[] => [
  change.id,
  change.change,
  change.timestamp.getTime(),
  change.reason ?? null,
  json(change.segment),
  json(change.metadata),
];

export const changeColumns = "id, change, timestamp_ms, reason, segment, metadata";

export const fromChangeRow = (row: Row): ChangeRecord =>
  present({
    id: row.id,
    change: row.change,
    timestamp: new Date(row.timestamp_ms as number),
    reason: row.reason,
    segment: parsed(row.segment),
    metadata: parsed(row.metadata),
  }) as unknown as ChangeRecord;
