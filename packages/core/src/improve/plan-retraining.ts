import type { Evaluator } from "@heed/schema";
import { dayMs } from "../analyze/collect-days.ts";
import { verdictCode, verdictCodes } from "../analyze/verdict-code.ts";
import {
  requireConfidence,
  requireDate,
  requireHumanThreshold,
  requirePeriod,
  requireThat,
} from "../check-options.ts";
import { scanRequests } from "../requests/scan-requests.ts";
import { twoProportionTest } from "../stats/two-proportion-test.ts";
import type { Store } from "../store.ts";
import { fewestLabels, type Shortage, whatIsShort } from "./evaluator/what-is-short.ts";
import { readEvaluator } from "./load-evaluator.ts";

export interface PlanOptions {
  /**
   * The name of the score of the evaluator in use.
   * @default "overall"
   */
  readonly score?: string | undefined;
  /**
   * It says good from this score on.
   * @default 0.7
   */
  readonly evaluatorThreshold?: number | undefined;
  /**
   * Humans say good above this human score, 1 to 5, and bad below; at it they have no verdict.
   * @default 3
   */
  readonly humanThreshold?: number | undefined;
  /** The artefact in use, as text or parsed: it knows the last request that it was trained on. */
  readonly evaluator?: Evaluator | string | undefined;
  /** When the last training was; goes before `evaluator`. With neither, there was none. */
  readonly lastTrainedAt?: Date | undefined;
  /**
   * Days from one training to the next, 7 to 28.
   * @default 7
   */
  readonly everyDays?: number | undefined;
  /**
   * Labels since the last training that make another worth its while.
   * @default 50
   */
  readonly minNewLabels?: number | undefined;
  /**
   * Of these, how many have to be good, and how many bad.
   * @default 10
   */
  readonly minOfEach?: number | undefined;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
  /**
   * Confidence of the interval of what agreement has lost.
   * @default 0.95
   */
  readonly confidence?: number | undefined;
  /**
   * Tells the time.
   * @default () => new Date()
   */
  readonly now?: (() => Date) | undefined;
}

/** One thing that speaks for a verdict. */
export interface PlanReason {
  /**
   * For training: `never_trained` (labels), `due` and `overdue` (days since the last), `agreement_fell` (the share of labels
   * that the evaluator agrees with: before, and since). For waiting: `too_soon` (days), `too_few_new_labels`,
   * `too_few_of_rarer_verdict` (new labels).
   */
  readonly reason:
    | "never_trained"
    | "due"
    | "overdue"
    | "agreement_fell"
    | "too_soon"
    | "too_few_new_labels"
    | "too_few_of_rarer_verdict";
  readonly needed: number;
  readonly have: number;
}

interface LabelCounts {
  readonly n: number;
  readonly good: number;
  readonly bad: number;
}

interface Scope {
  readonly score: string;
  readonly level: "request";
  /** Null where there was none. */
  readonly lastTrainedAt: Date | null;
  /** Days, with fractions; null where there was no training. */
  readonly daysSince: number | null;
  /** When the next is due; null where there was none. */
  readonly dueAt: Date | null;
  /** Outputs with a human verdict and the score. */
  readonly labels: LabelCounts;
  /** Those of requests made after the last training. */
  readonly newLabels: LabelCounts;
  /** How often evaluator and humans agree; null with fewer than 10 labels on a side. */
  readonly agreement: {
    /** Share of the labels, 0 to 1. */
    readonly before: number;
    readonly since: number;
    /** Since less before, with Newcombe's interval. */
    readonly difference: number;
    readonly ci: readonly [number, number];
  } | null;
  readonly dropped: {
    /** Voted on, but never logged. */
    readonly notLogged: number;
    readonly noScore: number;
    /** With a human score exactly at the threshold. */
    readonly neutral: number;
  };
}

/** Whether to train an evaluator anew, and why. */
export type RetrainingPlan =
  | (Scope & { readonly verdict: "retrain" | "wait"; readonly reasons: readonly PlanReason[] })
  | (Scope & Shortage & { readonly verdict: "not_enough_data" });

/** Labels are gathered for four weeks at the longest. */
const overdueDays = 28;
const fewestToCompare = 10;

/**
 * Says whether it is time to train an evaluator anew. It is where enough labels of both verdicts came in since the last
 * training, and that is `everyDays` ago, or agreement with users has fallen since, its whole interval below 0. After 28
 * days any new label will do, and where there was no training at all, the labels that `retrainEvaluator` asks for.
 *
 * Labels count by the time of their requests, in one scan that reads no text: a late vote on an old request is no new
 * label. Votes are taken as independent, and the interval is one for a single look: a false alarm costs a training, and
 * what that brings has to pass its gate.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`
 *
 * @example
 * const evaluator = await readFile("evaluators/overall/current.json", "utf8");
 * const plan = await planRetraining(store, { evaluator });
 * if (plan.verdict === "retrain") await retrainEvaluator(store, { parent: JSON.parse(evaluator).version });
 */
export const planRetraining = async (store: Store, options: PlanOptions = {}): Promise<RetrainingPlan> => {
  const settings = settingsOf(options);
  const { score, everyDays, minNewLabels, minOfEach, confidence, lastTrainedAt, now } = settings;
  const { before, since, dropped } = await tallyLabels(store, settings);
  const labels = countsOf(before.good + since.good, before.bad + since.bad);
  const newLabels = countsOf(since.good, since.bad);
  const daysSince = lastTrainedAt && Math.max(0, (now.getTime() - lastTrainedAt.getTime()) / dayMs);
  const agreement = compareAgreement(before, since, confidence);
  const scope = {
    score,
    level: "request",
    lastTrainedAt,
    daysSince,
    dueAt: lastTrainedAt && new Date(lastTrainedAt.getTime() + everyDays * dayMs),
    labels,
    newLabels,
    agreement,
    dropped,
  } as const;
  const short = whatIsShort(labels);
  if (short) return { verdict: "not_enough_data", ...scope, ...short };
  if (daysSince === null)
    return { verdict: "retrain", ...scope, reasons: [reason("never_trained", fewestLabels, labels.n)] };

  const forIt: PlanReason[] = [];
  if (daysSince >= overdueDays) forIt.push(reason("overdue", overdueDays, daysSince));
  else if (daysSince >= everyDays) forIt.push(reason("due", everyDays, daysSince));
  if (agreement && agreement.ci[1] < 0)
    forIt.push(reason("agreement_fell", agreement.before, agreement.since));
  const against: PlanReason[] = [];
  if (forIt.length === 0) against.push(reason("too_soon", everyDays, daysSince));
  const isOverdue = daysSince >= overdueDays && newLabels.n > 0;
  const rarer = Math.min(newLabels.good, newLabels.bad);
  if (newLabels.n < minNewLabels && !isOverdue)
    against.push(reason("too_few_new_labels", minNewLabels, newLabels.n));
  if (rarer < minOfEach && !isOverdue) against.push(reason("too_few_of_rarer_verdict", minOfEach, rarer));
  return against.length === 0
    ? { verdict: "retrain", ...scope, reasons: forIt }
    : { verdict: "wait", ...scope, reasons: against };
};

const reason = (name: PlanReason["reason"], needed: number, have: number): PlanReason => ({
  reason: name,
  needed,
  have,
});

const countsOf = (good: number, bad: number): LabelCounts => ({ n: good + bad, good, bad });

const emptyTally = () => ({ good: 0, bad: 0, agreed: 0 });
type Tally = Readonly<ReturnType<typeof emptyTally>>;

const tallyLabels = async (store: Store, settings: Settings) => {
  const { score, evaluatorThreshold, humanThreshold, lastTrainedAt, since: from, until } = settings;
  const dropped = { notLogged: 0, noScore: 0, neutral: 0 };
  const [before, since] = [emptyTally(), emptyTally()];
  const wanted = { scores: [score], votedOnly: true, since: from, until };
  for await (const { requestIds, timestampMs, scores, humanScore } of scanRequests(store, wanted))
    for (let at = 0; at < requestIds.length; at++) {
      const [automatic, timeMs] = [scores[0]![at]!, timestampMs[at]!];
      const verdict = verdictCode(humanScore[at]!, humanThreshold, humanThreshold);
      if (Number.isNaN(timeMs)) dropped.notLogged++;
      else if (Number.isNaN(automatic)) dropped.noScore++;
      else if (verdict === verdictCodes.neutral) dropped.neutral++;
      else {
        const side = lastTrainedAt && timeMs <= lastTrainedAt.getTime() ? before : since;
        const isGood = verdict === verdictCodes.good;
        if (isGood) side.good++;
        else side.bad++;
        if (isGood === automatic >= evaluatorThreshold) side.agreed++;
      }
    }
  return { before, since, dropped };
};

const compareAgreement = (before: Tally, since: Tally, confidence: number): Scope["agreement"] => {
  const [older, newer] = [before.good + before.bad, since.good + since.bad];
  if (Math.min(older, newer) < fewestToCompare) return null;
  const { shareA, shareB, difference, ci } = twoProportionTest(since.agreed, newer, before.agreed, older, {
    confidence,
  });
  return { before: shareB!, since: shareA!, difference: difference!, ci: ci! };
};

const settingsOf = (options: PlanOptions) => {
  const { score = "overall", evaluatorThreshold = 0.7, humanThreshold = 3, confidence = 0.95 } = options;
  const { everyDays = 7, minNewLabels = 50, minOfEach = 10, since, until } = options;
  const { now = () => new Date(), evaluator, lastTrainedAt } = options;
  requirePeriod(options);
  requireConfidence(confidence);
  requireHumanThreshold(humanThreshold);
  if (lastTrainedAt !== undefined) requireDate("lastTrainedAt", lastTrainedAt);
  const moment = now();
  requireDate("now", moment);
  requireThat(Number.isFinite(evaluatorThreshold), "evaluatorThreshold is not a finite number");
  requireThat(everyDays >= 7 && everyDays <= overdueDays, "everyDays is not between 7 and 28");
  requireThat(
    Number.isSafeInteger(minNewLabels) && minNewLabels >= 1,
    "minNewLabels is not a whole number above 0",
  );
  requireThat(Number.isSafeInteger(minOfEach) && minOfEach >= 0, "minOfEach is not a whole number");
  const trained = evaluator === undefined ? null : new Date(readEvaluator(evaluator).training.until);
  return {
    score,
    evaluatorThreshold,
    humanThreshold,
    confidence,
    everyDays,
    minNewLabels,
    minOfEach,
    since,
    until,
    now: moment,
    lastTrainedAt: lastTrainedAt ?? trained,
  };
};

type Settings = ReturnType<typeof settingsOf>;
