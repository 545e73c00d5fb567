import { HeedError } from "../../errors.ts";
import type { LoggedRequest } from "../../requests/fold-request.ts";

/**
 * Judges an output, higher being better: an LLM behind an endpoint, a rule, an evaluator of another vendor. It is not
 * told what humans said.
 */
export type Judge = (output: LoggedRequest) => number | Promise<number>;

interface Asking {
  /** Outputs that are judged at once. */
  readonly concurrency: number;
  readonly signal: AbortSignal | undefined;
  readonly onAnswer: () => void;
}

/**
 * Asks a judge for its scores, some at once; the answers stand in the order of the outputs. After a failure, or once the
 * signal is aborted, nothing further is asked.
 */
export const askJudge = async (
  judge: Judge,
  outputs: readonly LoggedRequest[],
  { concurrency, signal, onAnswer }: Asking,
): Promise<Float64Array> => {
  const scores = new Float64Array(outputs.length);
  let next = 0;
  const askOn = async (): Promise<void> => {
    while (next < outputs.length) {
      signal?.throwIfAborted();
      const at = next++;
      try {
        const score = await judge(outputs[at]!);
        if (!Number.isFinite(score))
          throw new HeedError(
            "INVALID_QUERY",
            "judges has one that gives something that is no finite number",
          );
        scores[at] = score;
      } catch (error) {
        next = outputs.length;
        throw error;
      }
      onAnswer();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, askOn));
  return scores;
};
