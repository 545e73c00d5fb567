import { decodeTime, monotonicFactory } from "ulid";
import { z } from "zod";

/**
 * Mints ids (ULIDs): unique, and rising within this process, so that they sort by the time of their making.
 *
 * @example
 * const id = newId(); // "01JD9Z…", 26 characters
 */
export const newId: (timeMs?: number) => string = monotonicFactory();

/** The moment that a ULID was minted. */
export const timeOfId = (id: string): Date => new Date(decodeTime(id));

/** A ULID in its canonical upper-case form. */
export const idSchema = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, "a ULID in upper case");
