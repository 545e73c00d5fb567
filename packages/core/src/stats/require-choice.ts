import { HeedError } from "../errors.ts";

/** Refuses an option that is none of those there are. */
export const requireChoice = (name: string, value: string, choices: readonly string[]): void => {
  if (!choices.includes(value))
    throw new HeedError("INVALID_QUERY", `${name} is none of ${choices.join(", ")}`);
};
