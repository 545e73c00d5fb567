import { HeedError } from "../errors.ts";

/** Refuses an option that is not a finite number. */
export const requireFinite = (name: string, value: number): void => {
  if (!Number.isFinite(value)) throw new HeedError("INVALID_QUERY", `${name} is not a finite number`);
};
