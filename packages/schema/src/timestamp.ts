import { z } from "zod";

/** Every engine heed runs on can hold these times; a ULID and a `Date` reach further. */
const earliest = new Date("1970-01-01T00:00:00.000Z");
/** The first moment that is too late. */
export const latestTime = new Date("2200-01-01T00:00:00.000Z");

/** Whether every engine can hold a moment: from 1970 up to 2200. */
export const isStorableTime = (time: Date): boolean => time >= earliest && time < latestTime;

/**
 * A moment: ISO 8601 with a time zone on the wire, a `Date` in code, from 1970 up to 2200, in whole
 * milliseconds.
 */
export const timestampSchema = z
  .union([z.iso.datetime({ offset: true }).transform((text) => new Date(text)), z.date()])
  .refine(isStorableTime, "a time from 1970 up to 2200");
