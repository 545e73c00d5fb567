import { z } from "zod";
import { idSchema } from "./id.ts";
import { limits } from "./limits.ts";
import { metadataSchema } from "./metadata.ts";
import { nameSchema, text } from "./text.ts";
import { timestampSchema } from "./timestamp.ts";

/** Why a user liked an output. */
export const upReasonSchema = z.enum(["accurate", "complete", "clear", "creative", "fast", "other"]);

/** Why a user disliked an output. */
export const downReasonSchema = z.enum([
  "incorrect",
  "instructions_ignored",
  "incomplete",
  "outdated",
  "unsafe",
  "refused",
  "style_format",
  "too_long",
  "slow",
  "other",
]);

/** What a retraction takes back: the standing thumb, the standing rating, or the comments so far. */
export const retractableSchema = z.enum(["thumb", "rating", "comment"]);

/** How an output was used. */
export const usageSchema = z.enum(["copied", "inserted", "sent", "accepted"]);

/** How an output was thrown away. Leaving the page is none of these: abandonment alone is neutral. */
export const discardSchema = z.enum(["rejected", "regenerated", "rephrased", "undone", "stopped"]);

const size = z.number().nonnegative().max(Number.MAX_SAFE_INTEGER);
const share = z.number().min(0).max(1);

/** What became of an output that the user edited. Text is present only where the host opted in. */
export const editSchema = z.strictObject({
  /** Sørensen-Dice similarity of character 4-grams, edited text against the output: 0 to 1. */
  similarity: share,
  /** Share of the output's 4-grams that are still there: 0 to 1. Adding text leaves it at 1. */
  containment: share,
  /** Length of the edited text over the length of the output. */
  lengthRatio: size,
  /** Milliseconds between the use of the output and this sample. */
  sampledAfterMs: size,
  /** Whether this sample is the final text rather than one on the way. */
  committed: z.boolean().optional(),
  /** The edited text; empty where the user deleted all of it. */
  text: text(limits.eventBytes, 0).optional(),
});

/**
 * How the user ids begin that a browser makes up for a visitor who is not logged in, so that votes can be changed
 * and taken back: such an id names nobody.
 */
export const visitorPrefix = "anonymous:";

const common = {
  /** Minted where the event happened and kept on every retry. Without one, a retry is stored twice. */
  id: idSchema.optional(),
  /** The request whose output this is about. */
  requestId: nameSchema,
  /** Who gave it. Events without a user each stand alone. */
  userId: nameSchema.optional(),
  /** When it happened; left out, the time of the id. */
  timestamp: timestampSchema.optional(),
  metadata: metadataSchema.optional(),
};

const event = <Type extends string, Shape extends z.core.$ZodLooseShape>(type: Type, shape: Shape) =>
  z.strictObject({ ...common, type: z.literal(type), ...shape });

/** A set of reasons, so that no user counts twice under one of them. */
const reasons = <Reason extends z.ZodType>(reason: Reason) =>
  z
    .array(reason)
    .min(1)
    .max(10)
    .refine((given) => new Set(given).size === given.length, "each reason once")
    .meta({ uniqueItems: true })
    .optional();

/** One thing a user said or did about one output. */
export const feedbackEventSchema = z
  .discriminatedUnion("type", [
    event("explicit_thumbs_up", { value: z.literal(true), reasons: reasons(upReasonSchema) }),
    event("explicit_thumbs_down", { value: z.literal(true), reasons: reasons(downReasonSchema) }),
    event("explicit_rating", { value: z.number().min(1).max(5) }),
    event("explicit_text_comment", { value: text(limits.commentLength) }),
    event("explicit_retraction", { value: retractableSchema }),
    event("implicit_usage", {
      value: usageSchema,
      /** How much of the output was used: 0 to 1, 1 being all of it; left out where nobody knows. */
      share: share.optional(),
    }),
    event("implicit_edit", { value: editSchema }),
    event("implicit_discard", { value: discardSchema }),
    event("implicit_exposure", {
      /** How long the output was visible, and how long it was visible while the page had the focus. */
      value: z.strictObject({ visibleMs: size, activeMs: size }),
    }),
  ])
  .meta({ id: "feedbackEvent" });

/** An event as it is handed in, from JSON or from code: `id` and `timestamp` may be missing. */
export type FeedbackEventInput = z.input<typeof feedbackEventSchema>;

type Recorded<Event> = Event extends unknown
  ? Omit<Event, "id" | "timestamp"> & { id: string; timestamp: Date }
  : never;

/** An event as it is stored: validated, with its id and its time. */
export type FeedbackEvent = Recorded<z.output<typeof feedbackEventSchema>>;

export type FeedbackType = FeedbackEvent["type"];
export type UpReason = z.output<typeof upReasonSchema>;
export type DownReason = z.output<typeof downReasonSchema>;
export type Retractable = z.output<typeof retractableSchema>;
export type Usage = z.output<typeof usageSchema>;
export type Discard = z.output<typeof discardSchema>;
export type Edit = z.output<typeof editSchema>;
