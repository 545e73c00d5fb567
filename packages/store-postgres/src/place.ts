import { HeedError } from "@heed/core";

/** Where the rows of a store are. */
export interface Place {
  /** The schema, quoted as it stands in SQL. */
  readonly schema: string;
  readonly tenant: string;
}

/**
 * A name as it stands in SQL, where no value can be bound.
 *
 * @throws HeedError `INVALID_QUERY` unless it is a letter or underscore, then letters, digits, underscores: 63 at most
 */
export const identifier = (what: string, name: string): string => {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name))
    throw new HeedError("INVALID_QUERY", `${what} is not a plain name`);
  return `"${name}"`;
};
