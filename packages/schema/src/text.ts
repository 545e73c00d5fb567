import { z } from "zod";
import { limits } from "./limits.ts";

/**
 * Lone surrogates and NUL cannot be stored by every engine, and a text that comes back changed would turn
 * a harmless retry into a conflict: they become U+FFFD before anything else sees them.
 */
const storable = (text: string): string => text.toWellFormed().replaceAll("\0", "\uFFFD");

/** Free text as a user wrote it, of `minLength` to `maxLength` Unicode code points. */
export const text = (maxLength: number, minLength = 1) =>
  z.string().min(minLength).max(maxLength).transform(storable);

/** An identifier or label: text without control characters, short enough to be a key. */
export const nameSchema = z
  .string()
  .min(1)
  .max(limits.nameLength)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
  .regex(/^[^\u0000-\u001f\u007f]*$/, "no control characters")
  .transform((name) => name.toWellFormed());
