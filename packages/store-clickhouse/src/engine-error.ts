import { HeedError, isHeedError } from "@heed/core";

/** The code of an error of ClickHouse's, or NaN. Its `type` is read out of the message, and often wrong. */
export const codeOf = (error: unknown): number =>
  error instanceof Error && "code" in error ? Number(error.code) : Number.NaN;

/**
 * Whether a part of the cluster did not answer: 279 and 210, it could not be reached; 32, it went away in the middle;
 * 209, it took too long; 519, all replicas were lost.
 */
export const isUnreachable = (error: unknown): boolean => [279, 210, 32, 209, 519].includes(codeOf(error));

/** Whether the database or a table is not there. */
export const isMissing = (error: unknown): boolean => [60, 81].includes(codeOf(error));

/** What went wrong, in the words of heed; errors that are heed's own stay as they are. */
export const toHeedError = (what: string, cause: unknown): HeedError => {
  if (isHeedError(cause)) return cause;
  return new HeedError("STORE_FAILED", `clickhouse store failed to ${what}`, { cause });
};
