import type { OutputVerdict } from "@heed/core";
import { brierScore, cohenKappa } from "@heed/core/stats";
import type { EvaluationRecordInput, FeedbackEventInput } from "@heed/schema";
import { meanOf } from "./mean-of.ts";
import { drawNormal, seededRandom } from "./seeded-random.ts";
import type { SimulatedHistory } from "./simulate-history.ts";
import { dayMs, type SimulatedRequest, simulateRequests, within01 } from "./simulate-request.ts";
import { drawAnswerOfPerson } from "./simulated-texts.ts";
import { world } from "./simulated-world.ts";

/** The two weeks after a history, in which an evaluator decided which answers were sent. */
export interface SimulatedSequel {
  readonly records: readonly EvaluationRecordInput[];
  readonly events: readonly FeedbackEventInput[];
  readonly until: Date;
  /** Requests that a person answered. */
  readonly handedOver: number;
  readonly truth: SequelTruth;
}

/** What would be found if every user had voted, on what they were sent and on what the assistant had written. */
export interface SequelTruth {
  /** What handing over did to the votes, 1 to 5, of the topic that the judge over-praises: the mean over its requests. */
  readonly voteEffect: number;
  /** How far the verdicts on the assistant's answers agree with the users, as Cohen's kappa. */
  readonly kappa: { readonly judge: number; readonly evaluator: number };
  /** By how much the evaluator's Brier score on them is better than the judge's. */
  readonly brierGain: number;
  /** Of the answers that were not sent, the share that users would have called bad; null where all were sent. */
  readonly rightlyHandedOver: number | null;
}

/**
 * Simulates the two weeks after a history. Each answer of the assistant goes through the evaluator before it is sent;
 * what that calls bad is handed to a person, who answers well. An answer that was sent has the evaluator's score as
 * `retrained`; where a person answered, `draft` is its score of what was not sent, and nobody scored what was.
 */
export const simulateSequel = (
  history: SimulatedHistory,
  evaluate: (record: EvaluationRecordInput) => OutputVerdict,
): SimulatedSequel => {
  const random = seededRandom(history.seed + 1);
  const { sequelDays: days } = world;
  const requests = simulateRequests(
    {
      from: history.until,
      days,
      requests: (world.requests * days) / world.days,
      first: world.requests + 1,
      promptVersionAt: () => "v2",
    },
    random,
  ).map((request) => {
    const verdict = evaluate(request.record);
    const sent = verdict.verdict === "bad" ? handOver(request, verdict, random) : send(request, verdict);
    return { ...request, sent, verdict, reaction: request.reactTo(sent.quality) };
  });
  return {
    records: requests.map(({ sent }) => sent.record),
    events: requests.flatMap(({ reaction }) => reaction.events),
    until: new Date(history.until.getTime() + days * dayMs),
    handedOver: requests.filter(({ verdict }) => verdict.verdict === "bad").length,
    truth: truthOf(
      requests.map(({ topic, score, quality, verdict, reaction, reactTo }) => ({
        topic,
        judged: score,
        evaluated: verdict.score!,
        isHandedOver: verdict.verdict === "bad",
        vote: reaction.vote,
        voteOnDraft: reactTo(quality).vote,
      })),
    ),
  };
};

/** What a user is sent. */
interface Sent {
  readonly quality: number;
  readonly record: EvaluationRecordInput;
}

const send = ({ record, quality }: SimulatedRequest, { score }: OutputVerdict): Sent => ({
  quality,
  record: {
    ...record,
    evalScores: { ...record.evalScores, retrained: score! },
    metadata: { ...record.metadata, answeredBy: "assistant" },
  },
});

const handOver = (
  { record, topic }: SimulatedRequest,
  { score }: OutputVerdict,
  random: () => number,
): Sent => ({
  quality: within01(world.personQuality + drawNormal(random) * world.qualitySpread),
  record: {
    ...record,
    output: drawAnswerOfPerson(topic, random),
    evalScores: { draft: score! },
    metadata: { ...record.metadata, answeredBy: "person" },
  },
});

interface Rated {
  readonly topic: string;
  /** What the judge, and the evaluator, gave the assistant's answer, 0 to 1. */
  readonly judged: number;
  readonly evaluated: number;
  readonly isHandedOver: boolean;
  readonly vote: number;
  readonly voteOnDraft: number;
}

const truthOf = (requests: readonly Rated[]): SequelTruth => {
  const about = requests.filter(({ topic }) => topic === world.overpraised.topic);
  // A vote in the middle is no verdict.
  const decided = requests.filter(({ voteOnDraft }) => voteOnDraft !== 3);
  const liked = decided.map(({ voteOnDraft }) => Number(voteOnDraft > 3));
  const handedOver = decided
    .filter(({ isHandedOver }) => isHandedOver)
    .map(({ voteOnDraft }) => Number(voteOnDraft < 3));
  const kappaOf = (verdicts: readonly boolean[]): number => cohenKappa(verdicts.map(Number), liked).kappa!;
  const brierOf = (probabilities: readonly number[]): number => brierScore(probabilities, liked)!;
  return {
    voteEffect: meanOf(about.map(({ vote, voteOnDraft }) => vote - voteOnDraft)),
    kappa: {
      judge: kappaOf(decided.map(({ judged }) => judged >= world.judgeThreshold)),
      evaluator: kappaOf(decided.map(({ isHandedOver }) => !isHandedOver)),
    },
    brierGain:
      brierOf(decided.map(({ judged }) => judged)) - brierOf(decided.map(({ evaluated }) => evaluated)),
    rightlyHandedOver: handedOver.length === 0 ? null : meanOf(handedOver),
  };
};
