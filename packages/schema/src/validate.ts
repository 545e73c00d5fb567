import type { z } from "zod";
import type { Issue } from "./error-code.ts";

/** A valid value, or what is wrong with the input. */
export type Validated<Value> =
  | { readonly valid: true; readonly value: Value }
  | { readonly valid: false; readonly issues: Issue[] };

/** Enough to mend an item; more would let a small request ask for a large answer. */
const mostIssues = 5;

/** Fields whose keys users choose: those keys are never shown. */
const freeKeyed: ReadonlySet<PropertyKey> = new Set(["metadata", "evalScores"]);

/**
 * Checks an input against a schema. The issues name places and expectations, never text of the input: keys that
 * users choose are shown as `*`.
 *
 * @example
 * validate(feedbackEventSchema, { type: "explicit_rating", value: 9, requestId: "req-1" });
 * // { valid: false, issues: [{ path: "value", message: "Too big: expected number to be <=5" }] }
 */
export const validate = <Value>(schema: z.ZodType<Value>, input: unknown): Validated<Value> => {
  const parsed = schema.safeParse(input);
  return parsed.success
    ? { valid: true, value: parsed.data }
    : { valid: false, issues: parsed.error.issues.slice(0, mostIssues).map(describe) };
};

const describe = (issue: z.core.$ZodIssue): Issue => ({
  path: issue.path
    .map((part, at) => (freeKeyed.has(issue.path[at - 1] ?? "") ? "*" : String(part)))
    .join("."),
  message: issue.code === "unrecognized_keys" ? "Unknown field" : issue.message,
});
