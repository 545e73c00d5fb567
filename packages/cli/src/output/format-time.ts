/** A day in UTC: 2026-03-01. */
export const formatDay = (time: Date): string => time.toISOString().slice(0, 10);

/** A moment in UTC, to the minute: 2026-03-01 09:00. */
export const formatMinute = (time: Date): string => time.toISOString().slice(0, 16).replace("T", " ");
