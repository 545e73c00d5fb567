import { HeedError, recordEvaluation, recordFeedback, type Store } from "@heed/core";
import {
  type BatchAnswer,
  type EvaluationRecordInput,
  type FeedbackEventInput,
  type ItemResult,
  limits,
  rejectItem,
  visitorPrefix,
} from "@heed/schema";

/** In whose name events may be: anyone's, one user's, or, without a `userId`, nobody's or a visitor's. */
export type Name = "anyone" | { readonly userId?: string };

/**
 * Records the body of `POST /v1/feedback`. Events without a user, or of a visitor, get the name's; an event in
 * another name is rejected as `FORBIDDEN`, which keeps no other event out.
 *
 * @throws HeedError `INVALID_EVENT`, `FORBIDDEN` or `TOO_LARGE` when nothing in the batch could be recorded, and
 * the errors of the store
 */
export const recordEvents = async (store: Store, body: unknown, name: Name): Promise<BatchAnswer> => {
  const events = itemsOf(body, "events");
  if (name === "anyone")
    return answerFor("events", await recordFeedback(store, events as FeedbackEventInput[]));
  const named = events.map((event) => inNameOf(name, event));
  const allowed = named.filter((event) => event !== otherName) as FeedbackEventInput[];
  const recorded = (await recordFeedback(store, allowed)).values();
  return answerFor(
    "events",
    named.map((event, at) => (event === otherName ? forbidden(events[at]) : recorded.next().value!)),
  );
};

/**
 * Records the body of `POST /v1/evaluations`.
 *
 * @throws HeedError as `recordEvents` does
 */
export const recordRecords = async (store: Store, body: unknown): Promise<BatchAnswer> => {
  const records = itemsOf(body, "records") as readonly EvaluationRecordInput[];
  return answerFor("records", await recordEvaluation(store, records));
};

type Field = "events" | "records";

const itemsOf = (body: unknown, field: Field): readonly unknown[] => {
  const items = (body as Partial<Record<Field, unknown>> | null)?.[field];
  if (!Array.isArray(items) || items.length === 0 || Object.keys(body as object).length > 1)
    throw new HeedError("INVALID_EVENT", `The body is { "${field}": [...] }`, {
      issues: [{ path: field, message: "An array of at least one item, and no other field beside it" }],
    });
  if (items.length > limits.batchItems)
    throw new HeedError("TOO_LARGE", `A batch holds at most ${limits.batchItems} items`);
  return items;
};

/** Stands for an event in a name that is not its caller's. */
const otherName = Symbol("other name");

const inNameOf = ({ userId }: { readonly userId?: string }, event: unknown): unknown => {
  // What is not even an object is for the schema to refuse.
  if (typeof event !== "object" || event === null || Array.isArray(event)) return event;
  const claimed: unknown = (event as { userId?: unknown }).userId;
  const isVisitor = typeof claimed === "string" && claimed.startsWith(visitorPrefix);
  if (claimed !== undefined && claimed !== userId && !isVisitor) return otherName;
  return userId === undefined ? event : { ...event, userId };
};

const forbidden = (event: unknown): ItemResult =>
  rejectItem(event, "FORBIDDEN", [{ path: "userId", message: "Not the user who is calling" }]);

const answerFor = (field: Field, results: readonly ItemResult[]): BatchAnswer => {
  if (results.some(({ status }) => status !== "rejected")) return { results: [...results] };
  const rejected = results.filter((result) => result.status === "rejected");
  const codes = new Set(rejected.map(({ code }) => code));
  throw new HeedError(codes.size === 1 ? rejected[0]!.code : "INVALID_EVENT", "No item could be recorded", {
    issues: rejected.flatMap(({ issues }, at) =>
      issues.map(({ path, message }) => ({ path: [field, at, path].filter(String).join("."), message })),
    ),
  });
};
