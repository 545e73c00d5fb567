import { nameSchema, validate } from "@heed/schema";
import { HeedError } from "../errors.ts";
import type { Store } from "../store.ts";
import { evaluatorFiles } from "./evaluator/evaluator-files.ts";
import {
  requireDirectory,
  type SwitchOptions,
  settlePending,
  switchEvaluator,
} from "./evaluator/switch-evaluator.ts";
import type { EvaluatorSwitch } from "./promote-evaluator.ts";

export interface RevertOptions extends SwitchOptions {
  /** What the evaluator is called. */
  readonly name: string;
}

/**
 * Puts the version in use again that the present one followed, and records that as a change. The version that is left
 * stays in its file, and can be promoted again. What was interrupted is finished by the next call of this or of
 * `promoteEvaluator`: then look at what is in use before reverting further.
 *
 * @throws HeedError `INVALID_QUERY` if nothing of that name is in use, or it follows nothing, or its parent's file is
 * gone; `STORE_FAILED` or `STORE_CLOSED`: then it is reverted, and the next call records that; and what Node says of files
 *
 * @example
 * await revertEvaluator(store, { directory: "evaluators", name: "overall", reason: "too harsh on refunds" });
 */
export const revertEvaluator = async (store: Store, options: RevertOptions): Promise<EvaluatorSwitch> => {
  requireDirectory(options.directory);
  const name = validate(nameSchema, options.name);
  if (!name.valid) throw new HeedError("INVALID_QUERY", "name is no name of an evaluator");
  const files = evaluatorFiles(options.directory, name.value);
  await settlePending(store, files);
  const current = await files.readCurrent();
  if (!current) throw new HeedError("INVALID_QUERY", "no evaluator of this name is in use in the directory");
  if (current.parent === null)
    throw new HeedError("INVALID_QUERY", "the evaluator in use has no parent to go back to");
  const parent = await files.readVersion(current.parent);
  if (!parent) throw new HeedError("INVALID_QUERY", "the parent of the evaluator in use has no file");
  const change = await switchEvaluator(store, {
    files,
    to: parent,
    from: current.version,
    kind: "reverted",
    reason: options.reason,
    now: options.now,
  });
  return { status: "reverted", evaluator: parent, path: files.currentPath, change };
};
