import { z } from "zod";
import { batchAnswerSchema, evaluationBatchSchema, feedbackBatchSchema } from "./batch.ts";
import { errorBodySchema } from "./error-code.ts";
import { timestampSchema } from "./timestamp.ts";

/**
 * The wire format as JSON Schema (draft 2020-12), for languages other than TypeScript; committed beside the
 * package as `heed.schema.json`.
 */
export const jsonSchema = (): Record<string, unknown> => {
  const wire = z.strictObject({
    feedbackBatch: feedbackBatchSchema,
    evaluationBatch: evaluationBatchSchema,
    batchAnswer: batchAnswerSchema,
    errorBody: errorBodySchema,
  });
  const { $defs, properties } = z.toJSONSchema(wire, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema !== timestampSchema) return;
      // Its other form, a `Date`, exists in code only.
      delete jsonSchema.anyOf;
      Object.assign(jsonSchema, { type: "string", format: "date-time" });
    },
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "heed wire format",
    $defs: { ...$defs, ...properties },
  };
};
