const sortKeys = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/**
 * A record as JSON with its keys in order at every depth: two records are the same exactly when these texts
 * are. Stores compare them to tell a duplicate from a conflict.
 */
export const canonicalJson = (record: object): string => JSON.stringify(record, sortKeys);
