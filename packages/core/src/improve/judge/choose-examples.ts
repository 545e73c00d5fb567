import { seededHash } from "../../bias/seeded-hash.ts";
import { labelOf } from "../../requests/label-of.ts";
import { fitVocabulary } from "../../text/fit-vocabulary.ts";
import { cosine, tfIdf } from "../../text/tf-idf.ts";
import { type CorrectedOutput, type CorrectionKind, isDisagreement } from "./corrected-output.ts";

export interface ChooseOptions {
  /** How many to choose, at most. */
  readonly count: number;
  /** Labels by which outputs are of different kinds. */
  readonly by: readonly string[];
  readonly humanThreshold: number;
  readonly seed: number;
}

/** Those of a kind that are looked at, the surest: all are compared with all. */
const mostOfKind = 250;
/** What a text is about stands at its beginning. */
const mostCharacters = 2_000;
const mostTerms = 100_000;
/** One example in so many is an agreement, so that a judge does not learn to contradict. */
const agreementEvery = 4;
/** From this cosine on two outputs are one example. */
const nearDuplicate = 0.9;

/**
 * Chooses examples that stand for all: disagreements of both directions, of different topics and labels, with an
 * agreement after every three. Each step takes the one that is nearest to most of those that none before is near to;
 * near duplicates of a chosen one are passed over. Outputs that people judge most clearly go first among equals.
 *
 * Nearness is 0 between kinds, and within one 1/2, and a quarter each for the cosine of the texts and the share of
 * labels that are the same, all outputs of a kind together weighing as much as those of another: so the first two are of
 * both directions, where there are both.
 *
 * Source: greedy facility location, within 1 - 1/e of the best choice: G. L. Nemhauser, L. A. Wolsey, M. L. Fisher, "An
 * analysis of approximations for maximizing submodular set functions", Mathematical Programming 14 (1978), 265-294.
 */
export const chooseExamples = (
  outputs: readonly CorrectedOutput[],
  { count, by, humanThreshold, seed }: ChooseOptions,
): readonly CorrectedOutput[] => {
  const pool = surestOf(outputs, humanThreshold, seed);
  const texts = pool.map(({ output: { request } }) =>
    `${request.prompt ?? ""}\n${request.output ?? ""}`.slice(0, mostCharacters),
  );
  // Words of one text alone count too: without them, texts that differ in these alone would be the same.
  const vectors = texts.map(tfIdf(fitVocabulary(texts, { fewestTexts: 1, mostTerms })));
  const labels = pool.map(({ output }) => by.map((label) => labelOf(output.request, label)));
  const kinds = Map.groupBy(pool.keys(), (at) => pool[at]!.kind);
  const nearness = nearnessOf(pool, (a, b) => {
    const same = labels[a]!.filter((value, at) => value === labels[b]![at]).length;
    return 1 / 2 + cosine(vectors[a]!, vectors[b]!) / 4 + (by.length === 0 ? 0 : same / by.length / 4);
  });

  const near = new Float64Array(pool.length);
  const chosen: number[] = [];
  const open = new Set(pool.keys());
  const takeNext = (isWanted: (output: CorrectedOutput) => boolean): void => {
    let [best, most] = [-1, -1];
    for (const at of open) {
      if (!isWanted(pool[at]!)) continue;
      let gain = 0;
      const peers = kinds.get(pool[at]!.kind)!;
      for (const other of peers) gain += Math.max(0, nearness(at, other) - near[other]!) / peers.length;
      if (gain > most) [best, most] = [at, gain];
    }
    if (best < 0) return;
    chosen.push(best);
    for (const other of kinds.get(pool[best]!.kind)!)
      near[other] = Math.max(near[other]!, nearness(best, other));
    for (const at of open) if (cosine(vectors[at]!, vectors[best]!) >= nearDuplicate) open.delete(at);
    open.delete(best);
  };
  for (let turn = 1; turn <= count; turn++)
    takeNext(turn % agreementEvery === 0 ? (output) => !isDisagreement(output) : isDisagreement);
  return chosen.map((at) => pool[at]!);
};

/** Measures each pair once: every step asks for all of them. */
const nearnessOf = (pool: readonly CorrectedOutput[], measure: (a: number, b: number) => number) => {
  const known = new Float64Array(pool.length ** 2).fill(Number.NaN);
  return (a: number, b: number): number => {
    const place = Math.min(a, b) * pool.length + Math.max(a, b);
    if (Number.isNaN(known[place])) known[place] = a === b ? 1 : measure(a, b);
    return known[place]!;
  };
};

const surestOf = (outputs: readonly CorrectedOutput[], humanThreshold: number, seed: number) => {
  const ranked = outputs
    .map((own) => ({
      own,
      sureness: Math.abs(own.output.humanScore - humanThreshold),
      hash: seededHash(own.output.request.requestId, seed),
    }))
    .sort((a, b) => b.sureness - a.sureness || a.hash - b.hash);
  const counts = new Map<CorrectionKind, number>();
  return ranked.flatMap(({ own }) => {
    const before = counts.get(own.kind) ?? 0;
    counts.set(own.kind, before + 1);
    return before < mostOfKind ? [own] : [];
  });
};
