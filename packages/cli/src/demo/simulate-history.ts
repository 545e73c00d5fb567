import { pearson, spearman } from "@heed/core/stats";
import type { ChangeRecordInput, EvaluationRecordInput, FeedbackEventInput } from "@heed/schema";
import { ulid } from "ulid";
import { drawByShare, drawNormal, seededRandom } from "./seeded-random.ts";
import { type Reaction, simulateReaction } from "./simulate-reaction.ts";
import { drawAnswer, drawQuestion } from "./simulated-texts.ts";
import { world } from "./simulated-world.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** Time for the last user to react before the history ends. */
const reactionMs = 15 * 60 * 1000;

/** A history that never happened, and what is true of it. */
export interface SimulatedHistory {
  readonly records: readonly EvaluationRecordInput[];
  readonly events: readonly FeedbackEventInput[];
  readonly from: Date;
  /** The change of the prompt. */
  readonly change: ChangeRecordInput & { readonly timestamp: Date };
  readonly until: Date;
  readonly truth: SimulatedTruth;
}

/** What the analyses would find if every user had voted, and every request could be had with either prompt. */
export interface SimulatedTruth {
  /** Between the judge's score and the vote its user would give, over all requests. */
  readonly byRequest: { readonly pearson: number; readonly spearman: number };
  /** The same between the means of the topics. */
  readonly byTopic: { readonly pearson: number; readonly spearman: number };
  /** What the change of the prompt does to the judge's score: the mean over all requests. */
  readonly scoreEffect: number;
  /** The mean of the judge's scores for the topic that it over-praises, and of the votes all users would give. */
  readonly overpraised: { readonly topic: string; readonly score: number; readonly vote: number };
}

/**
 * Simulates four weeks of a help desk that end `now`: requests of three cohorts, of which some give feedback,
 * a judge that is right about all topics but one, and a change of the prompt that helps. The same seed and
 * time give the same history, ids included.
 *
 * @param now In whole milliseconds.
 */
export const simulateHistory = (seed: number, now: Date): SimulatedHistory => {
  const random = seededRandom(seed);
  const from = historyStart(now);
  const changedAt = new Date(from.getTime() + world.changeAfterDays * dayMs);
  const requests = Array.from({ length: world.requests }, (_, at) =>
    simulateRequest(at, from, changedAt, random),
  );
  return {
    records: requests.map(({ record }) => record),
    events: requests.flatMap(({ reaction }) => reaction.events),
    from,
    change: {
      id: ulid(changedAt.getTime(), random),
      change: "prompt v2",
      timestamp: changedAt,
      reason: "answers left out what to do next",
      metadata: { simulated: true },
    },
    until: now,
    truth: truthOf(requests),
  };
};

/** The moment of the first request of a history that ends `now`. */
export const historyStart = (now: Date): Date => new Date(now.getTime() - world.days * dayMs);

/** The moment at which a history ends whose first request was at `start`. */
export const historyEnd = (start: Date): Date => new Date(start.getTime() + world.days * dayMs);

interface SimulatedRequest {
  readonly record: EvaluationRecordInput;
  readonly topic: string;
  readonly score: number;
  /** How much better the score is with the new prompt than with the old. */
  readonly scoreEffect: number;
  readonly reaction: Reaction;
}

const simulateRequest = (at: number, from: Date, changedAt: Date, random: () => number): SimulatedRequest => {
  const step = (world.days * dayMs - reactionMs) / world.requests;
  const timestamp = new Date(from.getTime() + Math.floor(step * (at + (at === 0 ? 0 : random()))));
  const promptVersion = timestamp < changedAt ? "v1" : "v2";
  const cohort = drawByShare(world.cohorts, random);
  const topic = drawByShare(world.topics, random);
  const userId = `sim-${cohort.name}-${1 + Math.floor(random() * cohort.users)}`;
  const requestId = `sim-${String(at + 1).padStart(4, "0")}`;
  const metadata = { simulated: true, userCohort: cohort.name, topic: topic.name };

  const chance = drawNormal(random) * world.qualitySpread;
  const error = drawNormal(random);
  const qualityWith = (version: string): number =>
    within01(topic.quality + chance + (version === "v2" ? world.promptEffect : 0));
  const scoreWith = (version: string): number => judge(topic.name, qualityWith(version), error);
  const score = scoreWith(promptVersion);

  return {
    record: {
      id: ulid(timestamp.getTime(), random),
      requestId,
      timestamp,
      prompt: drawQuestion(topic.name, random),
      output: drawAnswer(topic.name, qualityWith(promptVersion), random),
      evalScores: { overall: score },
      evaluator: { name: "simulated-judge", version: "1" },
      model: "simulated",
      promptVersion,
      metadata,
    },
    topic: topic.name,
    score,
    scoreEffect: scoreWith("v2") - scoreWith("v1"),
    reaction: simulateReaction(
      {
        requestId,
        userId,
        timestamp,
        metadata,
        quality: qualityWith(promptVersion),
        answers: cohort.answers,
      },
      random,
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

const truthOf = (requests: readonly SimulatedRequest[]): SimulatedTruth => {
  const votesOf = (group: readonly SimulatedRequest[]) => group.map(({ reaction }) => reaction.vote);
  const scoresOf = (group: readonly SimulatedRequest[]) => group.map(({ score }) => score);
  const topics = [...Map.groupBy(requests, ({ topic }) => topic).values()];
  const praised = requests.filter(({ topic }) => topic === world.overpraised.topic);
  return {
    byRequest: correlations(votesOf(requests), scoresOf(requests)),
    byTopic: correlations(
      topics.map((group) => mean(votesOf(group))),
      topics.map((group) => mean(scoresOf(group))),
    ),
    scoreEffect: mean(requests.map(({ scoreEffect }) => scoreEffect)),
    overpraised: {
      topic: world.overpraised.topic,
      score: mean(scoresOf(praised)),
      vote: mean(votesOf(praised)),
    },
  };
};

const correlations = (votes: readonly number[], scores: readonly number[]) => ({
  pearson: pearson(votes, scores).r!,
  spearman: spearman(votes, scores).r!,
});

const within01 = (value: number): number => Math.min(1, Math.max(0, value));

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
