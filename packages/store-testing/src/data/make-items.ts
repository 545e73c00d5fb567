import type { ChangeRecord, EvaluationRecord, FeedbackEvent } from "@heed/schema";

export type Item = FeedbackEvent | EvaluationRecord | ChangeRecord;

/** The nth of a row of ULIDs, below 100 million. */
export const idOf = (n: number): string => `01ARZ3NDEKTSV4RRFF${String(n).padStart(8, "0")}`;

/** A day of January 2026. */
export const day = (date: number): Date => new Date(Date.UTC(2026, 0, date));

export const event = (n: number, fields: object = {}): FeedbackEvent =>
  ({
    id: idOf(n),
    requestId: "req-1",
    type: "explicit_thumbs_up",
    value: true,
    timestamp: day(1),
    ...fields,
  }) as FeedbackEvent;

export const record = (n: number, fields: object = {}): EvaluationRecord => ({
  id: idOf(n),
  requestId: "req-1",
  timestamp: day(1),
  ...fields,
});

export const change = (n: number, fields: object = {}): ChangeRecord => ({
  id: idOf(n),
  change: "prompt v2",
  timestamp: day(1),
  ...fields,
});
