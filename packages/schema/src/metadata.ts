import { z } from "zod";
import { limits } from "./limits.ts";
import { text } from "./text.ts";

/** Names that would reach into JavaScript's own objects when used as a key. */
const unsafe: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** A key of `metadata` or `evalScores`: a letter, then up to 63 letters, digits, or any of `_ . : -`. */
export const keySchema = z
  .string()
  .regex(/^[A-Za-z][\w.:-]{0,63}$/, "a letter, then letters, digits, _ . : -")
  .refine((key) => !unsafe.has(key), "a name that JavaScript does not use itself");

/** zod's record leaves out `__proto__` without a word, but what is not stored must be refused. */
const refuseProto = <Input extends object>(input: Input, context: z.core.$RefinementCtx): Input => {
  if (typeof input === "object" && input !== null && Object.hasOwn(input, "__proto__"))
    context.addIssue({ code: "custom", path: ["__proto__"], message: "Invalid key in record" });
  return input;
};

/** An object of at most `max` such keys. */
export const recordOf = <Value extends z.ZodType>(value: Value, max: number) =>
  z.preprocess(
    refuseProto<Record<string, z.input<Value>>>,
    z
      .record(keySchema, value)
      .refine((record) => Object.keys(record).length <= max, `at most ${max} keys`)
      .meta({ maxProperties: max }),
  );

/** What the host adds to a record: flat, small, and of scalar values. `userCohort` is a usual key. */
export const metadataSchema = recordOf(
  z.union([text(limits.metadataTextLength, 0), z.number(), z.boolean()]),
  limits.metadataKeys,
);
