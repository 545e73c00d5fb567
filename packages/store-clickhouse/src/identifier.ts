import { HeedError } from "@heed/core";

/**
 * Gives back a name that may stand in SQL as it is: a letter or underscore, then up to 62 letters, digits or
 * underscores.
 *
 * @throws HeedError `INVALID_QUERY`
 */
export const identifier = (what: string, name: string): string => {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name))
    throw new HeedError("INVALID_QUERY", `${what} is not a name of letters, digits and underscores`);
  return name;
};
