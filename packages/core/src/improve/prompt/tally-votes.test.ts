import fc from "fast-check";
import { expect, test } from "vitest";
import { tallyVotes } from "./tally-votes.ts";

const tally = (votes: readonly (readonly [user: number, good: number])[]) =>
  tallyVotes(
    {
      user: Float64Array.from(votes, ([user]) => user),
      good: Float64Array.from(votes, ([, good]) => good),
    },
    [...votes.keys()],
  );

test("votes of different users each count for one", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1), { minLength: 2, maxLength: 200 }), (goods) => {
      const { designEffect, votes, users } = tally(goods.map((good, user) => [user, good]));
      expect({ votes, users }).toEqual({ votes: goods.length, users: goods.length });
      expect(designEffect).toBe(1);
    }),
  );
});

test("users who say the same again and again count about once each", () => {
  const repeated = Array.from({ length: 400 }, (_, at) => [at % 40, at % 40 < 24 ? 1 : 0] as const);
  const { designEffect, votes, good, users } = tally(repeated);
  expect({ votes, good, users }).toEqual({ votes: 400, good: 240, users: 40 });
  // The variance of a mean of 40 values over that of 400.
  expect(designEffect).toBeCloseTo(399 / 39, 12);
});

test("votes that go less together than chance would have it count for no more than one each, and one user for one", () => {
  expect(tally(Array.from({ length: 100 }, (_, at) => [at >> 1, at % 2])).designEffect).toBe(1);
  expect(tally(Array.from({ length: 9 }, () => [0, 1]))).toEqual({
    votes: 9,
    good: 9,
    users: 1,
    designEffect: 9,
  });
  expect(tally(Array.from({ length: 60 }, (_, at) => [at % 20, 1])).designEffect).toBe(3);
  expect(tally([])).toEqual({ votes: 0, good: 0, users: 0, designEffect: 1 });
});

test("only the rows that are named count", () => {
  const verdicts = { user: Float64Array.of(0, 1, 2), good: Float64Array.of(1, 0, 1) };
  expect(tallyVotes(verdicts, [0, 2])).toMatchObject({ votes: 2, good: 2, users: 2 });
});
