import { z } from "zod";
import { limits } from "./limits.ts";
import { text } from "./text.ts";

/** Names that would reach into JavaScript's own objects when used as a key. */
const unsafe: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** A key of `metadata` or `evalScores`: a letter, then up to 63 letters, digits, or any of `_ . : -`. */
export const keySchema = z
  .string()
  .regex(/^[A-Za-z][\w.:-]{0,63}$/, "a letter, then letters, digits, _ . : -")
  .refine((key) => !unsafe.has(key), "a name that JavaScript does not use itself");

/** An object of at most `max` such keys. */
export const recordOf = <Value extends z.ZodType>(value: Value, max: number) =>
  z.record(keySchema, value).refine((record) => Object.keys(record).length <= max, `at most ${max} keys`);

/** What the host adds to a record: flat, small, and of scalar values. `userCohort` is a usual key. */
export const metadataSchema = recordOf(
  z.union([text(limits.metadataTextLength, 0), z.number(), z.boolean()]),
  limits.metadataKeys,
);
