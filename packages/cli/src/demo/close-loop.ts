import {
  type EvaluatorExplanation,
  explainEvaluator,
  type Improvement,
  identifyMiscalibratedOutputs,
  listChanges,
  loadEvaluator,
  type Miscalibration,
  measureImprovementFromChange,
  promoteEvaluator,
  type Retraining,
  retrainEvaluator,
  type Store,
} from "@heed/core";
import type { SimulatedHistory } from "./simulate-history.ts";
import { type SequelTruth, type SimulatedSequel, simulateSequel } from "./simulate-sequel.ts";
import { world } from "./simulated-world.ts";

/** What came of acting on a simulated history: a weakness, its repair, and what that did. */
export interface LoopFindings {
  readonly miscalibration: Miscalibration;
  /** Of the surest outputs that the judge is too kind on, how many are about the topic that it over-praises. */
  readonly surest: { readonly listed: number; readonly aboutOverpraised: number };
  readonly retraining: Retraining;
  /** Null where the gate stayed shut: then nothing was promoted, and the simulation ends. */
  readonly repair: Repair | null;
}

/** What followed a promotion. */
export interface Repair {
  readonly explanation: EvaluatorExplanation;
  /** The recorded change. */
  readonly change: string;
  /** Where the evaluator is; null where an earlier run promoted it. */
  readonly path: string | null;
  /** Requests of the weeks after, and how many of them a person answered. */
  readonly requests: number;
  readonly handedOver: number;
  /** The human score of the topic that the judge over-praises, before and after. */
  readonly impact: Improvement;
  readonly truth: SequelTruth;
}

/** What the page tells of it. */
export interface LoopSummary {
  readonly surest: LoopFindings["surest"];
  readonly retraining: {
    readonly verdict: Retraining["verdict"];
    /** Labels. */
    readonly n: number;
    /** In Brier score; null without a candidate. */
    readonly gain: { readonly value: number | null; readonly ci: readonly [number, number] | null } | null;
  };
  readonly repair: Pick<Repair, "requests" | "handedOver" | "impact" | "truth"> | null;
}

export interface CloseLoopOptions {
  /** Where evaluators are kept. */
  readonly directory: string;
  /** Sends the weeks after the promotion to the store. */
  readonly load: (sequel: SimulatedSequel) => Promise<unknown>;
}

const name = "retrained";
const mostListed = 50;

/**
 * Does what the owner of a help desk would do about a judge that users contradict: lists the outputs, retrains, promotes
 * what passed the gate, has it decide for two weeks which answers a person writes, and measures what that did. A second run
 * on the same store records nothing twice.
 */
export const closeLoop = async (
  store: Store,
  history: SimulatedHistory,
  { directory, load }: CloseLoopOptions,
): Promise<LoopFindings> => {
  const { from, until, change: newPrompt } = history;
  const asked = { evaluatorThreshold: world.judgeThreshold, since: from, until };
  const miscalibration = await identifyMiscalibratedOutputs(store, {
    ...asked,
    direction: "evaluator_too_kind",
    limit: mostListed,
  });
  const retraining = await retrainEvaluator(store, { ...asked, name, guard: ["topic"] });
  const findings = { miscalibration, surest: countSurest(miscalibration, history), retraining };
  if (retraining.verdict !== "promote") return { ...findings, repair: null };

  const chosen = retraining.chosen!;
  const promotion = await promoteOnce(store, chosen, { directory, now: () => until });
  const sequel = simulateSequel(history, loadEvaluator(chosen.evaluator));
  await load(sequel);
  const topic = { label: "topic", value: world.overpraised.topic };
  const impact = await measureImprovementFromChange(store, {
    change: promotion.change,
    metric: "humanScore",
    segment: topic,
    chosenFor: topic,
    beforeDate: until,
    afterDate: until,
    // The new prompt has an effect of its own.
    since: newPrompt.timestamp,
    until: sequel.until,
  });
  return {
    ...findings,
    repair: {
      explanation: explainEvaluator(chosen.evaluator, { limit: 3 }),
      ...promotion,
      requests: sequel.records.length,
      handedOver: sequel.handedOver,
      impact,
      truth: sequel.truth,
    },
  };
};

const countSurest = (
  miscalibration: Miscalibration,
  { records }: SimulatedHistory,
): LoopFindings["surest"] => {
  const outputs = miscalibration.verdict === "not_enough_data" ? [] : miscalibration.outputs;
  const topics = new Map(records.map(({ requestId, metadata }) => [requestId, metadata?.topic]));
  const about = outputs.filter(({ requestId }) => topics.get(requestId) === world.overpraised.topic);
  return { listed: outputs.length, aboutOverpraised: about.length };
};

/** Promotes a candidate, unless the store tells that an earlier run did. */
const promoteOnce = async (
  store: Store,
  candidate: Exclude<Retraining, { verdict: "not_enough_data" }>["candidates"][number],
  options: Parameters<typeof promoteEvaluator>[2],
): Promise<Pick<Repair, "change" | "path">> => {
  const { version } = candidate.evaluator;
  const earlier = (await listChanges(store)).find(({ metadata }) => metadata?.evaluatorVersion === version);
  if (earlier) return { change: earlier.change, path: null };
  const { change, path } = await promoteEvaluator(store, candidate, options);
  return { change: change!, path };
};

/** Leaves out the evaluators, which are long, and who said what. */
export const summariseLoop = ({ surest, retraining, repair }: LoopFindings): LoopSummary => ({
  surest,
  retraining: {
    verdict: retraining.verdict,
    n: retraining.verdict === "not_enough_data" ? retraining.have : retraining.n,
    gain: ("chosen" in retraining && retraining.chosen?.gains.brier) || null,
  },
  repair: repair && {
    requests: repair.requests,
    handedOver: repair.handedOver,
    impact: repair.impact,
    truth: repair.truth,
  },
});
