import fc from "fast-check";
import { expect, test } from "vitest";
import { weightedPearson } from "../stats/weighted-pearson.ts";
import { weightedSpearman } from "../stats/weighted-spearman.ts";
import { resamplePairs } from "./resample-pairs.ts";

interface Request {
  readonly score: number;
  readonly weight: number;
  readonly votes: readonly { readonly user: number; readonly value: number; readonly copies: number }[];
}

/** Each user has votes of several values on one request at most twice, and as many copies of all of them. */
const drawn = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 6, maxLength: 6 }),
    fc.array(
      fc.record({
        score: fc.integer({ min: 0, max: 8 }),
        weight: fc.integer({ min: 1, max: 3 }),
        votes: fc.array(fc.tuple(fc.nat({ max: 5 }), fc.integer({ min: 1, max: 5 })), {
          minLength: 1,
          maxLength: 4,
        }),
      }),
      { minLength: 2, maxLength: 25 },
    ),
  )
  .filter(([, requests]) => requests.some(({ score }) => score !== requests[0]!.score))
  .map(([copies, requests]) =>
    requests.map(
      ({ votes, ...request }): Request => ({
        ...request,
        votes: votes.map(([user, value]) => ({ user, value, copies: copies[user]! })),
      }),
    ),
  );

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The definition: votes counted as often as drawn, and a request weighed by how much of it was. */
const countedOf = ({ votes, weight }: Request) => {
  const count = sum(votes.map(({ copies }) => copies));
  return {
    human: count === 0 ? 3 : sum(votes.map(({ value, copies }) => value * copies)) / count,
    weight: (weight * count) / votes.length,
  };
};

const resample = (requests: readonly Request[], offset: number) => {
  const all = requests.flatMap(({ votes }) => votes);
  const pairs = {
    human: Float64Array.from(requests, ({ votes }) => sum(votes.map(({ value }) => value)) / votes.length),
    score: Float64Array.from(requests, ({ score }) => offset + score),
    votes: Float64Array.from(requests, ({ votes }) => votes.length),
    label: null,
    weight: Float64Array.from(requests, ({ weight }) => weight),
    eachVote: {
      user: Int32Array.from(all, ({ user }) => user),
      value: Float64Array.from(all, ({ value }) => value),
    },
  };
  return resamplePairs(pairs, pairs.eachVote)(Float64Array.from(all, ({ copies }) => copies));
};

const expectSame = (found: number, expected: number | null) => {
  if (expected === null) expect(Number.isFinite(found)).toBe(false);
  else expect(found).toBeCloseTo(expected, 9);
};

test("a sample has the weighted correlations of its definition, wherever the scores lie", () => {
  fc.assert(
    fc.property(drawn, fc.constantFrom(0, 1e9), (requests, offset) => {
      const counted = requests.map(countedOf);
      const human = counted.map((request) => request.human);
      const weights = counted.map(({ weight }) => weight);
      const scores = requests.map(({ score }) => score);
      const found = resample(requests, offset);
      expectSame(found.pearson, weightedPearson(human, scores, weights).r);
      expectSame(found.spearman, weightedSpearman(human, scores, weights).r);
    }),
  );
});
