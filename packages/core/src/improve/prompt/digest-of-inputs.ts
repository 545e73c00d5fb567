import { createHash } from "node:crypto";
import { canonicalJson } from "../../canonical-json.ts";
import type { ArmRequests, ArmVerdicts } from "./collect-arms.ts";

/**
 * SHA-256, in hexadecimal, of all that a decision was made from: who has the same store and asks the same can check that
 * nothing was changed since. The order in which a store gives its requests changes nothing.
 */
export const digestOfInputs = (
  options: object,
  { arm, timestampMs, guards }: ArmRequests,
  { lines }: ArmVerdicts,
): string => {
  const digest = createHash("sha256").update(canonicalJson(options));
  for (const side of [1, 0])
    for (const column of [timestampMs, ...guards])
      digest
        .update("\n")
        .update(column.filter((value, at) => arm[at] === side && !Number.isNaN(value)).sort());
  for (const line of [...lines].sort()) digest.update(`\n${line}`);
  return digest.digest("hex");
};
