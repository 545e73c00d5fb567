import type { EvaluationRecordInput } from "@heed/schema";
import { ulid } from "ulid";
import { drawByShare, drawNormal, seededRandom } from "./seeded-random.ts";
import { type Reaction, simulateReaction } from "./simulate-reaction.ts";
import { drawAnswer, drawQuestion, type Topic } from "./simulated-texts.ts";
import { world } from "./simulated-world.ts";

export const dayMs = 24 * 60 * 60 * 1000;

/** Time for the last user to react before a history ends. */
const reactionMs = 15 * 60 * 1000;

/** A request that the assistant answered, and what its user would say of that answer or of another. */
export interface SimulatedRequest {
  readonly record: EvaluationRecordInput;
  readonly topic: Topic;
  /** Of the assistant's answer, 0 to 1. */
  readonly quality: number;
  /** The judge's, 0 to 1. */
  readonly score: number;
  /** How much better the score is with the new prompt than with the old. */
  readonly scoreEffect: number;
  /** What its user makes of an answer of some quality, 0 to 1: the same user in the same mood, whatever the answer. */
  readonly reactTo: (quality: number) => Reaction;
}

interface Stretch {
  readonly from: Date;
  readonly days: number;
  readonly requests: number;
  /** The number that the first request bears, from 1. */
  readonly first: number;
  readonly promptVersionAt: (time: Date) => "v1" | "v2";
}

/** Simulates the requests of some days, which come evenly; the first of them at once. */
export const simulateRequests = (
  { from, days, requests, first, promptVersionAt }: Stretch,
  random: () => number,
): readonly SimulatedRequest[] => {
  const step = (days * dayMs - reactionMs) / requests;
  return Array.from({ length: requests }, (_, at) => {
    const timestamp = new Date(from.getTime() + Math.floor(step * (at + (at === 0 ? 0 : random()))));
    const requestId = `sim-${String(first + at).padStart(4, "0")}`;
    return simulateRequest({ requestId, timestamp, promptVersion: promptVersionAt(timestamp) }, random);
  });
};

const simulateRequest = (
  request: { readonly requestId: string; readonly timestamp: Date; readonly promptVersion: "v1" | "v2" },
  random: () => number,
): SimulatedRequest => {
  const { timestamp, promptVersion } = request;
  const cohort = drawByShare(world.cohorts, random);
  const topic = drawByShare(world.topics, random);
  const userId = `sim-${cohort.name}-${1 + Math.floor(random() * cohort.users)}`;
  const metadata = { simulated: true, userCohort: cohort.name, topic: topic.name };

  const chance = drawNormal(random) * world.qualitySpread;
  const error = drawNormal(random);
  const qualityWith = (version: string): number =>
    within01(topic.quality + chance + (version === "v2" ? world.promptEffect : 0));
  const scoreWith = (version: string): number => judge(topic.name, qualityWith(version), error);
  const quality = qualityWith(promptVersion);
  const score = scoreWith(promptVersion);
  // A stream of its own, so that the user's mood does not hang on what the answer is.
  const mood = Math.floor(random() * 2 ** 32);

  return {
    record: {
      id: ulid(timestamp.getTime(), random),
      ...request,
      prompt: drawQuestion(topic.name, random),
      output: drawAnswer(topic.name, quality, random),
      evalScores: { overall: score },
      evaluator: { name: "simulated-judge", version: "1" },
      model: "simulated",
      metadata,
    },
    topic: topic.name,
    quality,
    score,
    scoreEffect: scoreWith("v2") - scoreWith("v1"),
    reactTo: (seen) =>
      simulateReaction(
        {
          requestId: request.requestId,
          userId,
          timestamp,
          metadata,
          quality: seen,
          answers: cohort.answers,
        },
        seededRandom(mood),
      ),
  };
};

/** The judge's score: the quality and some error, save for the topic that it praises whatever it is worth. */
const judge = (topic: string, quality: number, error: number): number => {
  const { overpraised, judgeSpread } = world;
  const score =
    topic === overpraised.topic
      ? overpraised.score + error * overpraised.spread
      : quality + error * judgeSpread;
  return Math.round(within01(score) * 1000) / 1000;
};

/** The nearest quality or score that there is. */
export const within01 = (value: number): number => Math.min(1, Math.max(0, value));
