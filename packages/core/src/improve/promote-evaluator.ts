import type { Evaluator } from "@heed/schema";
import { HeedError } from "../errors.ts";
import type { Store } from "../store.ts";
import { evaluatorFiles } from "./evaluator/evaluator-files.ts";
import { judgeGains } from "./evaluator/judge-candidate.ts";
import { versionOf } from "./evaluator/seal-evaluator.ts";
import {
  requireDirectory,
  type SwitchOptions,
  settlePending,
  switchEvaluator,
} from "./evaluator/switch-evaluator.ts";
import { readEvaluator } from "./load-evaluator.ts";
import type { CandidateReport } from "./retrain-evaluator.ts";

export interface PromoteOptions extends SwitchOptions {
  /**
   * Whether to promote what did not pass the gate, or was trained to follow another version than that in use.
   * @default false
   */
  readonly force?: boolean | undefined;
}

/** What is in use now. */
export interface EvaluatorSwitch {
  /** `already_current`: nothing was to do. */
  readonly status: "promoted" | "reverted" | "already_current";
  /** As it is in the file: promoted, its `parent` is the version that was in use before. */
  readonly evaluator: Evaluator;
  /** The file of what is in use, for `loadEvaluator`. */
  readonly path: string;
  /** The name of the change that was recorded; null where nothing was to do. */
  readonly change: string | null;
}

/**
 * Puts an evaluator in use: `DIRECTORY/NAME/VERSION.json` keeps it, `DIRECTORY/NAME/current.json` becomes it at one
 * stroke, and the change is recorded in the store, so that `listChanges` tells of it and `measureImprovementFromChange` can
 * measure it. Earlier versions stay, for `revertEvaluator`. Promoting the same again is harmless, and the way to finish
 * what was interrupted: the store never tells of a promotion that was not made, and tells of each once. One process at a
 * time.
 *
 * It asks for a passed gate. Of a candidate, as in a report, that is the whole gate; a bare artefact carries its gains
 * alone, not how it did on guarded kinds of output or against a constant: better give `report.chosen`.
 *
 * An artefact that was trained without a `parent` follows the version in use, and its version is that with this parent.
 *
 * @param candidate a candidate of a report, or an artefact, as text or parsed
 *
 * @throws HeedError `INVALID_QUERY` if the gate was not passed, if the parent is not the version in use, or for what is
 * no evaluator; `STORE_FAILED` or `STORE_CLOSED`: then it is in use, and promoting it again records that; and what Node
 * says of files
 *
 * @example
 * const report = await retrainEvaluator(store);
 * if (report.verdict === "promote") await promoteEvaluator(store, report.chosen!, { directory: "evaluators" });
 */
export const promoteEvaluator = async (
  store: Store,
  candidate: CandidateReport | Evaluator | string,
  options: PromoteOptions,
): Promise<EvaluatorSwitch> => {
  const { directory, force = false } = options;
  requireDirectory(directory);
  const isReport = typeof candidate === "object" && candidate !== null && "evaluator" in candidate;
  const evaluator = readEvaluator(isReport ? candidate.evaluator : candidate);
  const reasons = isReport ? candidate.reasons : judgeGains(evaluator.gains);
  if (reasons.length > 0 && !force)
    throw new HeedError(
      "INVALID_QUERY",
      `the evaluator did not pass the gate: ${reasons.join(", ")}; force promotes it all the same`,
    );

  const files = evaluatorFiles(directory, evaluator.name);
  await settlePending(store, files);
  const current = await files.readCurrent();
  if (current && current.version === following(evaluator, current.parent).version)
    return { status: "already_current", evaluator: current, path: files.currentPath, change: null };
  const parent = current?.version ?? null;
  if (evaluator.parent !== null && evaluator.parent !== parent && !force)
    throw new HeedError(
      "INVALID_QUERY",
      "the evaluator was trained to follow another version than that in use; force promotes it all the same",
    );
  const next = following(evaluator, parent);
  await files.writeVersion(next);
  const change = await switchEvaluator(store, {
    files,
    to: next,
    from: parent,
    kind: "promoted",
    reason: options.reason,
    now: options.now,
  });
  return { status: "promoted", evaluator: next, path: files.currentPath, change };
};

const following = (evaluator: Evaluator, parent: string | null): Evaluator => {
  const sealed = { ...evaluator, parent };
  return { ...sealed, version: versionOf(sealed) };
};
