import { hash } from "node:crypto";

/** The digits of a ULID. */
const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * The id of the score that a version of an evaluator gives a request under a name: always the same, so that it is stored
 * once however often it is recorded. A ULID of the year 1970, as its digits have to come from what it stands for.
 */
export const shadowId = (requestId: string, name: string, version: string): string => {
  const bytes = hash("sha256", JSON.stringify([requestId, name, version]), "buffer");
  return `${"0".repeat(10)}${[...bytes.subarray(0, 16)].map((byte) => digits[byte % 32]).join("")}`;
};
