import { decodeTime, encodeTime, monotonicFactory } from "ulid";
import { z } from "zod";
import { latestTime } from "./timestamp.ts";

/**
 * Mints ids (ULIDs): unique, and rising within this process, so that they sort by the time of their making.
 *
 * @example
 * const id = newId(); // "01JD9Z…", 26 characters
 */
export const newId: (timeMs?: number) => string = monotonicFactory();

/** The moment that a ULID was minted. */
export const timeOfId = (id: string): Date => new Date(decodeTime(id));

/** ULIDs sort as text, so that one comparison tells whether their time is one that can be stored. */
const latestId = `${encodeTime(latestTime.getTime(), 10)}0000000000000000`;

/** A ULID in its canonical upper-case form, minted before 2200. */
export const idSchema = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, "a ULID in upper case")
  .refine((id) => id < latestId, "a ULID minted before 2200");
