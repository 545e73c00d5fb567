import { z } from "zod";

/** Every way in which heed refuses. The README says what each means and what to do about it. */
export const errorCodeSchema = z.enum([
  "INVALID_JSON",
  "INVALID_EVENT",
  "INVALID_QUERY",
  "TOO_LARGE",
  "UNAUTHORIZED",
  "FORBIDDEN",
  "NOT_FOUND",
  "METHOD_NOT_ALLOWED",
  "UNSUPPORTED_MEDIA_TYPE",
  "USER_ERASED",
  "STORE_FAILED",
  "STORE_INCOMPLETE",
  "STORE_CLOSED",
  "INTERNAL",
]);

export type ErrorCode = z.output<typeof errorCodeSchema>;

/** One thing that is wrong with an input: where, and what was expected there. Never the input's own text. */
export const issueSchema = z.strictObject({
  /** The place, as `metadata.*` or `events.3.value`; keys that a user chose are shown as `*`. */
  path: z.string(),
  message: z.string(),
});

export type Issue = z.output<typeof issueSchema>;

/** The body of every answer that is not a success. */
export const errorBodySchema = z.strictObject({
  error: z.strictObject({
    code: errorCodeSchema,
    message: z.string(),
    issues: z.array(issueSchema).optional(),
  }),
});

export type ErrorBody = z.output<typeof errorBodySchema>;
