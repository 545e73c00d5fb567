import { expect, test } from "vitest";
import { normalQuantile } from "../stats/normal-quantile.ts";
import { pearson } from "../stats/pearson.ts";
import { randomSource } from "../stats/random-source.ts";
import { spearman } from "../stats/spearman.ts";
import { clusterByUser } from "./cluster-by-user.ts";
import type { Pairs } from "./select-pairs.ts";

const options = { confidence: 0.95, resamples: 200, seed: 1 };

/**
 * Users who each vote on `votes` requests, once on each. Users ask for things of their own difficulty, and vote by a
 * mood of their own: over all requests of all users that there could be, the correlation is 0.5.
 */
const votesOf = (users: number, votes: number, random: () => number): Pairs => {
  const normal = (variance: number) => Math.sqrt(variance) * normalQuantile(random() || 0.5);
  const user = Int32Array.from({ length: users * votes }, (_, at) => Math.floor(at / votes));
  const difficulties = Array.from({ length: users }, () => normal(0.7));
  const moods = Array.from({ length: users }, () => normal(0.55));
  const score = Float64Array.from(user, (own) => difficulties[own]! + normal(0.3));
  const human = Float64Array.from(
    user,
    (own, at) => 3 + 0.3 * (0.5 * score[at]! + moods[own]! + normal(0.2)),
  );
  return {
    human,
    score,
    votes: new Float64Array(user.length).fill(1),
    label: null,
    weight: null,
    eachVote: { user, value: human },
  };
};

const contains = (ci: readonly [number, number] | null, truth: number): number =>
  Number(ci !== null && ci[0] <= truth && truth <= ci[1]);

test("where users differ, the intervals over users cover the truth, and those over votes do not", () => {
  const random = randomSource(11);
  const runs = 400;
  const truth = { pearson: 0.5, spearman: (6 / Math.PI) * Math.asin(0.25) };
  const covered = { pearson: 0, spearman: 0, fisher: 0, bonettWright: 0 };
  for (let run = 0; run < runs; run++) {
    const pairs = votesOf(50, 8, random);
    const clustered = clusterByUser(pairs, { ...options, seed: run })!;
    covered.pearson += contains(clustered.pearson, truth.pearson);
    covered.spearman += contains(clustered.spearman, truth.spearman);
    covered.fisher += contains(pearson(pairs.human, pairs.score).ci, truth.pearson);
    covered.bonettWright += contains(spearman(pairs.human, pairs.score).ci, truth.spearman);
  }
  for (const method of ["pearson", "spearman"] as const) {
    expect(covered[method] / runs).toBeGreaterThan(0.93);
    expect(covered[method] / runs).toBeLessThan(0.975);
  }
  expect(covered.fisher / runs).toBeLessThan(0.75);
  expect(covered.bonettWright / runs).toBeLessThan(0.75);
});
