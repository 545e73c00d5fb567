import { hash } from "node:crypto";
import type { Evaluator } from "@heed/schema";
import { canonicalJson } from "../../canonical-json.ts";

/** The version of an evaluator: the first 16 digits of the SHA-256 of all else that it holds. */
export const versionOf = ({
  version: _,
  ...rest
}: Omit<Evaluator, "version"> & { version?: string }): string =>
  hash("sha256", canonicalJson(rest), "hex").slice(0, 16);
