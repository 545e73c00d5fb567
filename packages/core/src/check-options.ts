import { HeedError } from "./errors.ts";

/** Refuses options that mean nothing. Values never enter the message: only an option's name does. */
export const requireThat = (holds: boolean, otherwise: string): void => {
  if (!holds) throw new HeedError("INVALID_QUERY", otherwise);
};

/** Refuses an option that is not a moment. Values never enter the message: only the option's name does. */
export const requireDate = (name: string, value: unknown): void => {
  if (!(value instanceof Date && Number.isFinite(value.getTime())))
    throw new HeedError("INVALID_QUERY", `${name} is not a valid Date`);
};

/** Refuses a period that ends before it begins, or whose ends are no moments. */
export const requirePeriod = ({ since, until }: { since?: unknown; until?: unknown }): void => {
  if (since !== undefined) requireDate("since", since);
  if (until !== undefined) requireDate("until", until);
  if (since instanceof Date && until instanceof Date && until < since)
    throw new HeedError("INVALID_QUERY", "until lies before since");
};

/**
 * Refuses a filter with a condition that is there but undefined, and gives it back otherwise. A removal that
 * ignored one, as for the user of a session that is not there, would remove everybody's.
 */
export const requireGiven = <Filter extends object>(filter: Filter): Filter => {
  const missing = Object.entries(filter).find(([, condition]) => condition === undefined);
  if (missing) throw new HeedError("INVALID_QUERY", `${missing[0]} is undefined`);
  return filter;
};

/** Refuses a confidence level that is not strictly between 0 and 1. */
export const requireConfidence = (value: number): void => {
  if (!(value > 0 && value < 1)) throw new HeedError("INVALID_QUERY", "confidence is not between 0 and 1");
};

/** Refuses a threshold that lies nowhere on the human scale. */
export const requireHumanThreshold = (value: number): void => {
  if (!(value >= 1 && value <= 5))
    throw new HeedError("INVALID_QUERY", "humanThreshold is not between 1 and 5");
};

/** Refuses a seed that is not a whole number. */
export const requireSeed = (value: number): void => {
  if (!Number.isSafeInteger(value)) throw new HeedError("INVALID_QUERY", "seed is not a whole number");
};

/** Refuses an option that is not a whole number from the least on. */
export const requireCount = (name: string, value: number, least: number): void =>
  requireThat(Number.isSafeInteger(value) && value >= least, `${name} is not a whole number from ${least}`);

/** Refuses an option that is none of those there are. */
export const requireChoice = (name: string, value: string, choices: readonly string[]): void => {
  if (!choices.includes(value))
    throw new HeedError("INVALID_QUERY", `${name} is none of ${choices.join(", ")}`);
};

/** Refuses what is not a list of texts where one is meant: a single text would be taken for the list of its letters. */
export const requireTexts = (name: string, value: unknown): void => {
  if (!(Array.isArray(value) && value.every((item) => typeof item === "string")))
    throw new HeedError("INVALID_QUERY", `${name} is not a list of texts`);
};
