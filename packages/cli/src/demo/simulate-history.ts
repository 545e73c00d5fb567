import { pearson, spearman } from "@heed/core/stats";
import type { ChangeRecordInput, EvaluationRecordInput, FeedbackEventInput } from "@heed/schema";
import { ulid } from "ulid";
import { meanOf } from "./mean-of.ts";
import { seededRandom } from "./seeded-random.ts";
import { dayMs, simulateRequests } from "./simulate-request.ts";
import { world } from "./simulated-world.ts";

/** A history that never happened, and what is true of it. */
export interface SimulatedHistory {
  readonly seed: number;
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
  /**
   * The mean of the judge's scores for the topic that it over-praises, and of the votes all users would give; and the
   * share of all requests that are about it.
   */
  readonly overpraised: {
    readonly topic: string;
    readonly score: number;
    readonly vote: number;
    readonly share: number;
  };
}

/**
 * Simulates four weeks of a help desk: requests of three cohorts, of which some give feedback, a judge that is right
 * about all topics but one, and a change of the prompt that helps. The same seed and time give the same history, ids
 * included.
 *
 * @param until When the four weeks end, in whole milliseconds.
 */
export const simulateHistory = (seed: number, until: Date): SimulatedHistory => {
  const random = seededRandom(seed);
  const { days, requests: count } = world;
  const from = new Date(until.getTime() - days * dayMs);
  const changedAt = new Date(from.getTime() + world.changeAfterDays * dayMs);
  const promptVersionAt = (time: Date) => (time < changedAt ? "v1" : "v2");
  const requests = simulateRequests({ from, days, requests: count, first: 1, promptVersionAt }, random).map(
    (request) => ({ ...request, reaction: request.reactTo(request.quality) }),
  );
  return {
    seed,
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
    until,
    truth: truthOf(requests.map(({ reaction: { vote }, ...request }) => ({ ...request, vote }))),
  };
};

/** The moment at which a history ends whose first request was at `start`. */
export const historyEnd = (start: Date): Date => new Date(start.getTime() + world.days * dayMs);

interface Rated {
  readonly topic: string;
  readonly score: number;
  readonly scoreEffect: number;
  readonly vote: number;
}

const truthOf = (requests: readonly Rated[]): SimulatedTruth => {
  const votesOf = (group: readonly Rated[]) => group.map(({ vote }) => vote);
  const scoresOf = (group: readonly Rated[]) => group.map(({ score }) => score);
  const topics = [...Map.groupBy(requests, ({ topic }) => topic).values()];
  const praised = requests.filter(({ topic }) => topic === world.overpraised.topic);
  return {
    byRequest: correlations(votesOf(requests), scoresOf(requests)),
    byTopic: correlations(
      topics.map((group) => meanOf(votesOf(group))),
      topics.map((group) => meanOf(scoresOf(group))),
    ),
    scoreEffect: meanOf(requests.map(({ scoreEffect }) => scoreEffect)),
    overpraised: {
      topic: world.overpraised.topic,
      score: meanOf(scoresOf(praised)),
      vote: meanOf(votesOf(praised)),
      share: praised.length / requests.length,
    },
  };
};

const correlations = (votes: readonly number[], scores: readonly number[]) => ({
  pearson: pearson(votes, scores).r!,
  spearman: spearman(votes, scores).r!,
});
