import type { EvaluationRecordInput, FeedbackEventInput } from "@heed/schema";
import type { Line } from "./read-lines.ts";

/**
 * One line of an import, as far as it could be read. Whether an item is valid is for the store's side to say:
 * its fields are still unchecked.
 */
export type ParsedLine =
  | { readonly kind: "feedback"; readonly item: FeedbackEventInput }
  | { readonly kind: "evaluation"; readonly item: EvaluationRecordInput }
  | { readonly kind: "bad"; readonly problem: string };

const bad = (problem: string): ParsedLine => ({ kind: "bad", problem });

/** Reads one line as `{ "kind": "feedback" | "evaluation", ...fields }`. A problem never quotes the line. */
export const parseLine = (line: Line): ParsedLine => {
  if ("problem" in line) return bad(line.problem);
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch {
    return bad("not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return bad("not a JSON object");
  const { kind, ...item } = value as Record<string, unknown>;
  if (kind === "feedback") return { kind, item: item as FeedbackEventInput };
  if (kind === "evaluation") return { kind, item: item as EvaluationRecordInput };
  return bad('kind: expected "feedback" or "evaluation"');
};
