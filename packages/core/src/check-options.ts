import { HeedError } from "./errors.ts";

/** Refuses an option that is not a moment. Values never enter the message: only the option's name does. */
export const requireDate = (name: string, value: Date | undefined): void => {
  if (value !== undefined && !(value instanceof Date && Number.isFinite(value.getTime())))
    throw new HeedError("INVALID_QUERY", `${name} is not a valid Date`);
};

/** Refuses a confidence level that is not strictly between 0 and 1. */
export const requireConfidence = (value: number): void => {
  if (!(value > 0 && value < 1)) throw new HeedError("INVALID_QUERY", "confidence is not between 0 and 1");
};
