import type { ChangeRecord, EvaluationRecord, FeedbackEvent } from "@heed/schema";
import type { Cells } from "./engine.ts";
import type { Row } from "./row-binary.ts";

/** The cells of an event, in the order of its columns. */
export const toFeedbackCells = (event: FeedbackEvent): Row => [
  event.id,
  event.requestId,
  event.type,
  JSON.stringify(event.value),
  "reasons" in event && event.reasons ? JSON.stringify(event.reasons) : null,
  "share" in event && event.share !== undefined ? String(event.share) : null,
  event.userId ?? null,
  event.timestamp.getTime(),
  json(event.metadata),
];

export const fromFeedbackCells = ([
  id,
  requestId,
  type,
  value,
  reasons,
  share,
  userId,
  timeMs,
  metadata,
]: Cells): FeedbackEvent =>
  present({
    id,
    requestId,
    type,
    value: parsed(value),
    reasons: parsed(reasons),
    share: parsed(share),
    userId,
    timestamp: new Date(timeMs as number),
    metadata: parsed(metadata),
  }) as FeedbackEvent;

export const toEvaluationCells = (record: EvaluationRecord): Row => [
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

export const fromEvaluationCells = ([
  id,
  requestId,
  timeMs,
  evalScores,
  evaluator,
  model,
  promptVersion,
  metadata,
  prompt,
  output,
]: Cells): EvaluationRecord =>
  present({
    id,
    requestId,
    timestamp: new Date(timeMs as number),
    prompt,
    output,
    evalScores: parsed(evalScores),
    evaluator: parsed(evaluator),
    model,
    promptVersion,
    metadata: parsed(metadata),
  }) as unknown as EvaluationRecord;

export const toChangeCells = (change: ChangeRecord): Row => [
  change.id,
  change.change,
  change.timestamp.getTime(),
  change.reason ?? null,
  json(change.segment),
  json(change.metadata),
];

export const fromChangeCells = ([id, change, timeMs, reason, segment, metadata]: Cells): ChangeRecord =>
  present({
    id,
    change,
    timestamp: new Date(timeMs as number),
    reason,
    segment: parsed(segment),
    metadata: parsed(metadata),
  }) as unknown as ChangeRecord;

/** An object as JSON, or nothing. */
const json = (object: object | undefined): string | null => {
  if (object === undefined) return null;
  const text = JSON.stringify(object);
  return hasManyDigits.test(text) ? jsonWithExponents(object) : text;
};

/** ClickHouse reads no object with a whole number of more than 64 bits in it, unless that has an exponent. */
const hasManyDigits = /\d{19}/;

const jsonWithExponents = (object: object): string => {
  const fields = Object.entries(object).filter(([, value]) => value !== undefined);
  return `{${fields.map(([key, value]) => `${JSON.stringify(key)}:${withExponent(value)}`).join(",")}}`;
};

const withExponent = (value: unknown): string =>
  typeof value === "number" && Math.abs(value) >= 2 ** 53 ? value.toExponential() : JSON.stringify(value);

const parsed = (cell: unknown): unknown => (typeof cell === "string" ? JSON.parse(cell) : null);

/** A row without the fields that were not given: an absent field and an empty one stay different. */
const present = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
