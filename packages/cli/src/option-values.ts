import { usageError } from "./usage-error.ts";

/** The value of an option that has no default. */
export const required = (value: string | undefined, option: string): string => {
  if (value === undefined || value === "") throw usageError(`${option} is missing`);
  return value;
};

const isoTime = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

/** An ISO 8601 date, meaning its first moment in UTC, or a date and time with a time zone. */
export const timeOption = (text: string, option: string): Date => {
  const [, day] = isoTime.exec(text) ?? [];
  const time = new Date(text);
  // JavaScript reads 31 February as 3 March.
  const isReal = day !== undefined && new Date(`${day}T00:00Z`).toJSON()?.startsWith(day);
  if (!isReal || Number.isNaN(time.getTime()))
    throw usageError(`${option} takes a date, or a time with its zone: 2026-03-01, 2026-03-01T09:00:00Z`);
  return time;
};

/** A TCP port; 0 asks for any free one. */
export const portOption = (text: string): number => {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw usageError("--port takes a number from 0 to 65535");
  return port;
};
