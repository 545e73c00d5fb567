import { z } from "zod";
import { errorCodeSchema, issueSchema } from "./error-code.ts";
import { evaluationRecordSchema } from "./evaluation-record.ts";
import { feedbackEventSchema } from "./feedback-event.ts";
import { limits } from "./limits.ts";

const items = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(limits.batchItems);

/** The body of `POST /v1/feedback`. */
export const feedbackBatchSchema = z.strictObject({ events: items(feedbackEventSchema) });

/** The body of `POST /v1/evaluations`. */
export const evaluationBatchSchema = z.strictObject({ records: items(evaluationRecordSchema) });

/**
 * What became of one item. `stored`, and `duplicate` when the very same item was there already, both mean
 * that it is safe. `conflict`: its id belongs to another item, which stands. `rejected`: it was not valid.
 */
export const itemResultSchema = z.discriminatedUnion("status", [
  z.strictObject({ id: z.string(), status: z.enum(["stored", "duplicate", "conflict"]) }),
  z.strictObject({
    /** The item's own id, where it had a valid one. */
    id: z.string().nullable(),
    status: z.literal("rejected"),
    code: errorCodeSchema,
    issues: z.array(issueSchema),
  }),
]);

/** The answer to a batch: one result an item, in the order of the items. */
export const batchAnswerSchema = z.strictObject({ results: z.array(itemResultSchema) });

export type FeedbackBatch = z.input<typeof feedbackBatchSchema>;
export type EvaluationBatch = z.input<typeof evaluationBatchSchema>;
export type ItemResult = z.output<typeof itemResultSchema>;
export type BatchAnswer = z.output<typeof batchAnswerSchema>;
