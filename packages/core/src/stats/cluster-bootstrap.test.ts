import { expect, test } from "vitest";
import { clusterBootstrap } from "./cluster-bootstrap.ts";
import { hajekMean } from "./hajek-mean.ts";
import { moments } from "./moments.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { randomSource } from "./random-source.ts";
import { welchTest } from "./welch-test.ts";

/** Users with a taste of their own, and votes around it. */
const votesOf = (users: number, votes: number, random: () => number) => {
  const normal = () => normalQuantile(random() || 0.5);
  const tastes = Array.from({ length: users }, normal);
  const clusters = Int32Array.from({ length: users * votes }, (_, i) => Math.floor(i / votes));
  return { clusters, values: Float64Array.from(clusters, (user) => tastes[user]! + 0.5 * normal()) };
};

const weightedMean = (values: Float64Array) => (weights: Float64Array) => {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    total += weights[i]!;
    sum += weights[i]! * values[i]!;
  }
  return sum / total;
};

test("the interval of a mean covers the truth where votes of one user are alike, and the plain one does not", () => {
  const random = randomSource(3);
  const trials = 1000;
  const covered = { clustered: 0, plain: 0 };
  for (let seed = 0; seed < trials; seed++) {
    const { clusters, values } = votesOf(30, 8, random);
    const [low, high] = clusterBootstrap(clusters, weightedMean(values), { seed, resamples: 300 }).ci!;
    if (low <= 0 && 0 <= high) covered.clustered++;
    const plain = welchTest(values, [0, 0]).a;
    if (Math.abs(plain.mean!) <= (1.97 * plain.sd!) / Math.sqrt(plain.n)) covered.plain++;
  }
  expect(covered.clustered / trials).toBeGreaterThan(0.93);
  expect(covered.clustered / trials).toBeLessThan(0.975);
  expect(covered.plain / trials).toBeLessThan(0.7);
});

test("the standard error of a mean is that of its linearisation with clusters", () => {
  const { clusters, values } = votesOf(200, 5, randomSource(8));
  const { standardError } = clusterBootstrap(clusters, weightedMean(values), { resamples: 4000 });
  const linearised = hajekMean(
    values,
    values.map(() => 1),
    { clusters },
  ).standardError!;
  expect(standardError! / linearised).toBeGreaterThan(0.95);
  expect(standardError! / linearised).toBeLessThan(1.05);
});

test("clusters without rows are none, and clusters of one row are rows", () => {
  const { clusters, values } = votesOf(25, 4, randomSource(4));
  const statistic = weightedMean(values);
  const apart = clusters.map((cluster) => 3 * cluster + 7);
  expect(clusterBootstrap(apart, statistic)).toEqual(clusterBootstrap(clusters, statistic));
  const rows = clusterBootstrap(Int32Array.from(values.keys()), statistic, { resamples: 4000 });
  const { n, sd } = moments(values);
  expect(rows.standardError! / (sd! / Math.sqrt(n))).toBeGreaterThan(0.95);
  expect(rows.standardError! / (sd! / Math.sqrt(n))).toBeLessThan(1.05);
});

test("sums of each cluster give what its rows give", () => {
  const { clusters, values } = votesOf(25, 4, randomSource(9));
  const sums = new Float64Array(25);
  values.forEach((value, i) => {
    sums[clusters[i]!]! += value / 4;
  });
  const byCluster = clusterBootstrap(Int32Array.from(sums.keys()), weightedMean(sums));
  const byRow = clusterBootstrap(clusters, weightedMean(values));
  expect(byCluster.ci![0]).toBeCloseTo(byRow.ci![0], 12);
});

test("the same seed gives the same interval, another one another", () => {
  const { clusters, values } = votesOf(25, 4, randomSource(6));
  const at = (seed: number) => clusterBootstrap(clusters, weightedMean(values), { seed });
  expect(at(7)).toEqual(at(7));
  expect(at(7).ci).not.toEqual(at(8).ci);
});

test("every sample draws as many clusters as there are, and each with all of its rows", () => {
  const { clusters } = votesOf(20, 3, randomSource(1));
  clusterBootstrap(
    clusters,
    (multiplicity) => {
      expect(multiplicity.reduce((sum, times) => sum + times, 0)).toBe(60);
      for (let i = 0; i < 60; i++) expect(multiplicity[i]).toBe(multiplicity[i - (i % 3)]);
      return 0;
    },
    { resamples: 50 },
  );
});

test("few clusters, a statistic that is often undefined and one that never moves have no interval", () => {
  const codes = (count: number) => Int32Array.from({ length: count }, (_, i) => i);
  const missing = { standardError: null, ci: null };
  expect(clusterBootstrap([], () => 1)).toMatchObject({
    ...missing,
    clusters: 0,
    reason: "too_few_clusters",
  });
  expect(clusterBootstrap(codes(19), () => 1)).toMatchObject({ clusters: 19, reason: "too_few_clusters" });
  expect(clusterBootstrap(codes(20), () => 1)).toMatchObject({ ...missing, reason: "no_spread" });
  const first = ([times]: Float64Array) => (times === 0 ? null : times!);
  const often = clusterBootstrap(codes(20), first);
  expect(often).toMatchObject({ ...missing, reason: "often_undefined" });
  expect(often.resamples + often.failed).toBe(1000);
  expect(often.failed / 1000).toBeCloseTo(Math.exp(-1), 1);
  const refused = expect.objectContaining({ code: "INVALID_QUERY" });
  expect(() => clusterBootstrap([0.5], () => 1)).toThrow(refused);
  expect(() => clusterBootstrap(codes(20), () => 1, { resamples: 1 })).toThrow(refused);
  expect(() => clusterBootstrap(codes(20), () => 1, { seed: 0.5 })).toThrow(refused);
});
