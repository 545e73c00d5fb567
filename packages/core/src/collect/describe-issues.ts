import type { Issue } from "@heed/schema";
import type { z } from "zod";

/** Enough to mend an item; more would let a small request ask for a large answer. */
const mostIssues = 5;

/** Fields whose keys users choose: those keys are never shown. */
const freeKeyed: ReadonlySet<PropertyKey> = new Set(["metadata", "evalScores"]);

/** What zod found wrong, without any text of the input: places as paths, user-chosen names as `*`. */
export const describeIssues = (error: z.ZodError): Issue[] =>
  error.issues.slice(0, mostIssues).map((issue) => ({
    path: issue.path
      .map((part, at) => (freeKeyed.has(issue.path[at - 1] ?? "") ? "*" : String(part)))
      .join("."),
    message: issue.code === "unrecognized_keys" ? "Unknown field" : issue.message,
  }));
