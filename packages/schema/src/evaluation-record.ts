import { z } from "zod";
import { idSchema } from "./id.ts";
import { limits } from "./limits.ts";
import { metadataSchema, recordOf } from "./metadata.ts";
import { nameSchema, text } from "./text.ts";
import { timestampSchema } from "./timestamp.ts";

/**
 * What is known of one request: its prompt and output, the automatic scores of the output, where it came
 * from. A request may be logged in parts, as evaluators answer late and more than once; a request without
 * scores is logged too, as the denominator of every rate.
 */
export const evaluationRecordSchema = z
  .strictObject({
    /** Minted where the record was made and kept on every retry. Without one, a retry is stored twice. */
    id: idSchema.optional(),
    requestId: nameSchema,
    /** When the request, or this part of what is known of it, happened; left out, the time of the id. */
    timestamp: timestampSchema.optional(),
    prompt: text(limits.recordBytes, 0).optional(),
    output: text(limits.recordBytes, 0).optional(),
    /** Named scores, higher is better; `overall` is what analyses read unless told otherwise. */
    evalScores: recordOf(z.number().min(-limits.scoreSize).max(limits.scoreSize), limits.scores).optional(),
    evaluator: z.strictObject({ name: nameSchema, version: nameSchema.optional() }).optional(),
    model: nameSchema.optional(),
    promptVersion: nameSchema.optional(),
    metadata: metadataSchema.optional(),
  })
  .meta({ id: "evaluationRecord" });

/** A record as it is handed in, from JSON or from code: `id` and `timestamp` may be missing. */
export type EvaluationRecordInput = z.input<typeof evaluationRecordSchema>;

/** A record as it is stored: validated, with its id and its time. */
export type EvaluationRecord = Omit<z.output<typeof evaluationRecordSchema>, "id" | "timestamp"> & {
  id: string;
  timestamp: Date;
};
