import { z } from "zod";
import { idSchema } from "./id.ts";
import { limits } from "./limits.ts";
import { keySchema, metadataSchema } from "./metadata.ts";
import { nameSchema, text } from "./text.ts";
import { timestampSchema } from "./timestamp.ts";

/** One thing that was changed in the product: a prompt, a model, an evaluator; when, and why. */
export const changeRecordSchema = z.strictObject({
  /** Minted where the record was made and kept on every retry. Without one, a retry is stored twice. */
  id: idSchema.optional(),
  /** What was changed, in words of your own. */
  change: nameSchema,
  /** When it took effect; left out, the time of the id. */
  timestamp: timestampSchema.optional(),
  reason: text(limits.commentLength, 0).optional(),
  /**
   * The one segment that the change was made for, where it was chosen because that segment did badly: such a
   * segment gets better by itself, too.
   */
  segment: z.strictObject({ label: keySchema, value: text(limits.metadataTextLength, 0) }).optional(),
  metadata: metadataSchema.optional(),
});

/** A change as it is handed in: `id` and `timestamp` may be missing. */
export type ChangeRecordInput = z.input<typeof changeRecordSchema>;

/** A change as it is stored: validated, with its id and its time. */
export type ChangeRecord = Omit<z.output<typeof changeRecordSchema>, "id" | "timestamp"> & {
  id: string;
  timestamp: Date;
};
