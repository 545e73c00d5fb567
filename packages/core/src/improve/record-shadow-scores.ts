import {
  type EvaluationRecord,
  type EvaluationRecordInput,
  type Evaluator,
  keySchema,
  validate,
} from "@heed/schema";
import { requirePeriod } from "../check-options.ts";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { HeedError } from "../errors.ts";
import { readAll } from "../read-all.ts";
import { foldRequest } from "../requests/fold-request.ts";
import { scanRequests } from "../requests/scan-requests.ts";
import type { Store } from "../store.ts";
import type { Embed } from "../text/embed.ts";
import type { ScorableOutput } from "./evaluator/scorable-output.ts";
import { shadowId } from "./evaluator/shadow-id.ts";
import { loadEvaluator, type OutputVerdict, readEvaluator } from "./load-evaluator.ts";

export interface ShadowOptions {
  /**
   * The scores are called `shadow:NAME`: letters, digits, `_`, `.`, `:` and `-`, at most 57.
   * @default the name of the evaluator
   */
  readonly name?: string | undefined;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
  /**
   * Requests that are read, scored and recorded at once.
   * @default 250
   */
  readonly batch?: number | undefined;
  /** The host's embedding model, for an evaluator that was trained on it. */
  readonly embed?: Embed | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Hears how many requests are done, of how many. */
  readonly onProgress?: ((done: number, all: number) => void) | undefined;
}

/** What became of the logged requests. */
export interface ShadowScores {
  /** What the scores are called: analyses take it as `score`. */
  readonly score: string;
  /** The version that gave them. */
  readonly version: string;
  /** Logged in the period. */
  readonly requests: number;
  /** Scored now. */
  readonly stored: number;
  /** Scored before, by the same version under the same name. */
  readonly already: number;
  /** Without what the evaluator goes by. */
  readonly unscorable: number;
}

/**
 * Has an evaluator score the logged requests beside the present one, before anything hangs on it: every analysis then
 * takes `score: "shadow:NAME"`, as `measureAgreement` to compare it with users, or `detectDrift`. No training goes by such
 * scores.
 *
 * A score is a record of its own, later by a millisecond than the last of its name, or at the time of its request: the
 * request stays where it was in time, and of two versions under one name the one that scored last counts. A second run
 * stores nothing twice, also after the first was cut short; give a version that was scored before another `name` to have
 * it count again. Ids of requests alone are held in memory.
 *
 * @param evaluator an artefact, as text or parsed
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`; the reason of the `signal`, once it is aborted; and
 * what `embed` throws
 *
 * @example
 * const { score } = await recordShadowScores(store, report.chosen.evaluator, { name: "candidate" });
 * await measureAgreement(store, { score, evaluatorThreshold: report.chosen.evaluator.threshold });
 */
export const recordShadowScores = async (
  store: Store,
  evaluator: Evaluator | string,
  options: ShadowOptions = {},
): Promise<ShadowScores> => {
  const checked = readEvaluator(evaluator);
  const { name = checked.name, since, until, batch = 250, embed, signal, onProgress } = options;
  const score = `shadow:${name}`;
  requirePeriod(options);
  if (name === "" || !validate(keySchema, score).valid)
    throw new HeedError("INVALID_QUERY", "name is not of letters, digits, _, ., : and -, at most 57");
  if (!(Number.isSafeInteger(batch) && batch >= 1))
    throw new HeedError("INVALID_QUERY", "batch is not a whole number above 0");
  const scoreAll = scorerOf(checked, embed);

  // All ids before the first score: a scan need not bear that its store is written to.
  const ids: string[] = [];
  for await (const { requestIds, timestampMs } of scanRequests(store, { since, until }))
    for (const [at, requestId] of requestIds.entries())
      if (!Number.isNaN(timestampMs[at])) ids.push(requestId);
  ids.sort();

  const counts = { stored: 0, already: 0, unscorable: 0 };
  for (let from = 0; from < ids.length; from += batch) {
    signal?.throwIfAborted();
    const requestId = ids.slice(from, from + batch);
    const parts = Map.groupBy(
      await Array.fromAsync(readAll((...asked) => store.readEvaluations(...asked), { requestId })),
      (record) => record.requestId,
    );
    const open = [...parts].flatMap(([id, records]) => {
      const own = shadowId(id, name, checked.version);
      return records.some((record) => record.id === own) ? [] : [{ id: own, records }];
    });
    counts.already += parts.size - open.length;
    const outputs = open.map(({ records }) => foldRequest(records));
    const verdicts = await scoreAll(outputs);
    const scored = open.flatMap(({ id, records }, at): readonly EvaluationRecordInput[] => {
      const value = verdicts[at]!.score;
      if (value === null) return [];
      const { requestId, timestamp } = outputs[at]!;
      return [
        { id, requestId, timestamp: afterLast(score, records, timestamp), evalScores: { [score]: value } },
      ];
    });
    counts.unscorable += open.length - scored.length;
    const results = scored.length > 0 ? await recordEvaluation(store, scored) : [];
    const stored = results.filter(({ status }) => status === "stored").length;
    counts.stored += stored;
    // Recorded meanwhile by another run.
    counts.already += results.length - stored;
    onProgress?.(Math.min(from + batch, ids.length), ids.length);
  }
  return { score, version: checked.version, requests: ids.length, ...counts };
};

const scorerOf = (
  evaluator: Evaluator,
  embed: Embed | undefined,
): ((outputs: readonly ScorableOutput[]) => Promise<readonly OutputVerdict[]>) => {
  if (embed) return loadEvaluator(evaluator, { embed });
  const evaluate = loadEvaluator(evaluator);
  return async (outputs) => outputs.map(evaluate);
};

/** When a score is to be, so that it is the latest of its name: stores order by (timestamp, id). */
const afterLast = (score: string, records: readonly EvaluationRecord[], requestTime: Date): Date =>
  records.reduce(
    (latest, { evalScores = {}, timestamp }) =>
      Object.hasOwn(evalScores, score) && timestamp >= latest ? new Date(timestamp.getTime() + 1) : latest,
    requestTime,
  );
