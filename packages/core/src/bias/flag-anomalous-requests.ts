import { requireCount, requireHumanThreshold, requirePeriod, requireSeed } from "../check-options.ts";
import { HeedError } from "../errors.ts";
import { describeOutputs, type OutputDetails } from "../improve/describe-outputs.ts";
import { readWholeRequests } from "../requests/read-whole-requests.ts";
import { scanRequests } from "../requests/scan-requests.ts";
import { wilsonInterval } from "../stats/wilson-interval.ts";
import type { Store } from "../store.ts";
import type { Embed } from "../text/embed.ts";
import { neighbourDistance } from "./anomaly/neighbour-distance.ts";
import { embeddedSimilarities, lexicalSimilarities } from "./anomaly/prompt-similarities.ts";
import { drawAuditSample } from "./draw-audit-sample.ts";
import { seededHash } from "./seeded-hash.ts";

export interface AnomalyOptions {
  /**
   * Turns prompts into vectors, 64 at once. Without one, prompts are compared by their words, which is weak.
   * @default by words
   */
  readonly embed?: Embed | undefined;
  /**
   * How many requests to list.
   * @default 20
   */
  readonly limit?: number | undefined;
  /**
   * To how many of the nearest ordinary prompts the distance is taken, from 1 to 99.
   * @default 10
   */
  readonly neighbours?: number | undefined;
  /**
   * Users dislike a request below this human score, 1 to 5.
   * @default 3
   */
  readonly humanThreshold?: number | undefined;
  /**
   * How many prompts to draw as the ordinary ones, at least 100.
   * @default 2000
   */
  readonly reference?: number | undefined;
  /**
   * How many disliked requests to look at, drawn by chance where there are more.
   * @default 5000
   */
  readonly mostRequests?: number | undefined;
  /**
   * Any whole number: another seed draws other prompts.
   * @default 1
   */
  readonly seed?: number | undefined;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Is told how many prompts were compared, and of how many. */
  readonly onProgress?: ((compared: number, all: number) => void) | undefined;
}

/** A request that users dislike, and whose prompt is unlike the ordinary ones. */
export interface AnomalousRequest extends OutputDetails {
  readonly requestId: string;
  /** Mean cosine distance to the nearest ordinary prompts: 0 for the same ones, 1 for nothing in common. */
  readonly distance: number;
  /** Share of the ordinary prompts that lie no further from their own neighbours, 0 to 1. */
  readonly percentile: number;
  /** 1 to 5. */
  readonly humanScore: number;
}

interface Scope {
  /**
   * How far to trust the distances. `weak_lexical`: prompts were compared by their words, which finds what is worded
   * unlike the rest and little else; `embedder`: as good as the `embed` that was given.
   */
  readonly signal: "weak_lexical" | "embedder";
}

/** What users dislike on prompts unlike the ordinary ones, or that there is none, or too few prompts to tell. */
export type Anomalies =
  | (Scope & {
      readonly verdict: "anomalies_found" | "none_found";
      /** The furthest from the ordinary prompts first. */
      readonly requests: readonly AnomalousRequest[];
      /** Disliked requests with a prompt that were compared. */
      readonly n: number;
      /** All disliked requests, with a prompt or without. */
      readonly disliked: number;
      /** Prompts that were taken as the ordinary ones. */
      readonly reference: number;
      /** The distance beyond which a prompt is unlike them: their 99th percentile. */
      readonly threshold: number;
      /** Of the `n`, how many are beyond it; the `requests` are the first of them. */
      readonly anomalous: number;
      /** Their share, with Wilson's interval of 95 %; null where n is 0. */
      readonly rate: number | null;
      readonly ci: readonly [number, number] | null;
      /**
       * Whether the interval lies above the 1 % of ordinary prompts that are beyond it as well: that unusual prompts are
       * disliked more often than others. Where it does not, prompts on the list are rare, and that is all.
       */
      readonly moreThanOrdinary: boolean;
    })
  | (Scope & { readonly verdict: "not_enough_data"; readonly needed: number; readonly have: number });

/** A prompt is unlike the ordinary ones beyond this share of them. */
const ordinary = 0.99;

/** Fewer prompts have no 99th percentile. */
const fewestPrompts = 100;

/**
 * Lists the requests that users dislike and whose prompts are unlike the ordinary ones: attacks, misuse, and uses that
 * nobody thought of. Rare is not bad, and never is a request listed for a rare prompt alone; look at `moreThanOrdinary`
 * before you read more into it than that.
 *
 * Ordinary prompts are a sample of all logged ones. A prompt's distance is the mean cosine distance to its nearest among
 * them, and it is unlike them beyond the 99th percentile of their own distances. By words alone this is a weak signal:
 * on mail, neighbours in a space of 64 lexical dimensions told spam from the rest with an AUC of 0.56, where a coin has
 * 0.5. Bring an embedding model for more.
 *
 * @throws HeedError `INVALID_QUERY`, also if `embed` does not give a vector of finite numbers a text, all of one length;
 * `STORE_FAILED` or `STORE_CLOSED`; what `embed` throws; and the reason of the `signal`, once it is aborted
 *
 * @example
 * const answer = await flagAnomalousRequests(store, { limit: 5 });
 * if (answer.verdict === "anomalies_found") for (const { prompt, comments } of answer.requests) console.log(prompt);
 */
export const flagAnomalousRequests = async (
  store: Store,
  options: AnomalyOptions = {},
): Promise<Anomalies> => {
  const { limit, neighbours, humanThreshold, reference, mostRequests, seed } = queryOf(options);
  const { embed, since, until, signal, onProgress } = options;
  const scope: Scope = { signal: embed ? "embedder" : "weak_lexical" };

  const sample = await drawAuditSample(store, { n: reference, seed, since, until });
  const ordinaryPrompts = await readPrompts(store, "requestIds" in sample ? sample.requestIds : [], signal);
  if (ordinaryPrompts.size < fewestPrompts)
    return { verdict: "not_enough_data", ...scope, needed: fewestPrompts, have: ordinaryPrompts.size };

  const scores = await findDisliked(store, { humanThreshold, since, until, signal });
  const chosen = [...scores.keys()]
    .map((requestId) => ({ requestId, lot: seededHash(requestId, seed) }))
    .sort((a, b) => a.lot - b.lot || (a.requestId < b.requestId ? -1 : 1))
    .slice(0, mostRequests)
    .map(({ requestId }) => requestId)
    .sort();
  const disliked = await readPrompts(store, chosen, signal);

  const texts = [...ordinaryPrompts.values(), ...disliked.values()];
  const similarities = embed
    ? await embeddedSimilarities(texts, ordinaryPrompts.size, embed)
    : lexicalSimilarities(texts, ordinaryPrompts.size);
  const places = new Map([...ordinaryPrompts.keys()].map((requestId, at) => [requestId, at]));
  const distanceOf = (requestId: string, text: number): number => {
    signal?.throwIfAborted();
    const distance = neighbourDistance(similarities(text), neighbours, places.get(requestId));
    onProgress?.(text + 1, texts.length);
    return distance;
  };
  const usual = Float64Array.from(ordinaryPrompts.keys(), distanceOf).sort();
  const threshold = usual[Math.ceil(ordinary * usual.length) - 1]!;
  const beyond = [...disliked.keys()]
    .map((requestId, at) => ({ requestId, distance: distanceOf(requestId, ordinaryPrompts.size + at) }))
    .filter(({ distance }) => distance > threshold)
    .sort((a, b) => b.distance - a.distance || (a.requestId < b.requestId ? -1 : 1));

  const listed = beyond.slice(0, limit);
  const details = await describeOutputs(
    store,
    listed.map(({ requestId }) => requestId),
  );
  const ci = wilsonInterval(beyond.length, disliked.size);
  return {
    verdict: beyond.length > 0 ? "anomalies_found" : "none_found",
    ...scope,
    // One that was removed since has no details.
    requests: listed.flatMap(({ requestId, distance }) => {
      const own = details.get(requestId);
      const percentile = usual.filter((other) => other <= distance).length / usual.length;
      return own ? [{ requestId, distance, percentile, humanScore: scores.get(requestId)!, ...own }] : [];
    }),
    n: disliked.size,
    disliked: scores.size,
    reference: usual.length,
    threshold,
    anomalous: beyond.length,
    rate: disliked.size === 0 ? null : beyond.length / disliked.size,
    ci,
    moreThanOrdinary: ci !== null && ci[0] > 1 - ordinary,
  };
};

const queryOf = (options: AnomalyOptions) => {
  const query = {
    limit: options.limit ?? 20,
    neighbours: options.neighbours ?? 10,
    humanThreshold: options.humanThreshold ?? 3,
    reference: options.reference ?? 2_000,
    mostRequests: options.mostRequests ?? 5_000,
    seed: options.seed ?? 1,
  };
  requirePeriod(options);
  requireSeed(query.seed);
  requireHumanThreshold(query.humanThreshold);
  for (const [name, least] of [
    ["limit", 1],
    ["neighbours", 1],
    ["reference", fewestPrompts],
    ["mostRequests", 1],
  ] as const)
    requireCount(name, query[name], least);
  if (query.neighbours >= fewestPrompts)
    throw new HeedError("INVALID_QUERY", `neighbours is not below ${fewestPrompts}`);
  return query;
};

/** The prompts of requests that have one, in the order of the ids. */
const readPrompts = async (
  store: Store,
  requestIds: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> => {
  const prompts = new Map<string, string>();
  for await (const requests of readWholeRequests(store, requestIds, { signal }))
    for (const { requestId, prompt } of requests) if (prompt !== undefined) prompts.set(requestId, prompt);
  return prompts;
};

interface DislikedQuery extends Pick<AnomalyOptions, "since" | "until" | "signal"> {
  readonly humanThreshold: number;
}

/** The human scores of the logged requests that users dislike. */
const findDisliked = async (
  store: Store,
  { humanThreshold, since, until, signal }: DislikedQuery,
): Promise<ReadonlyMap<string, number>> => {
  const scores = new Map<string, number>();
  for await (const batch of scanRequests(store, { votedOnly: true, since, until })) {
    signal?.throwIfAborted();
    for (const [at, requestId] of batch.requestIds.entries())
      if (!Number.isNaN(batch.timestampMs[at]) && batch.humanScore[at]! < humanThreshold)
        scores.set(requestId, batch.humanScore[at]!);
  }
  return scores;
};
