import { expect, test } from "vitest";
import type { VotedRequests } from "./read-votes.ts";
import { selectPairs } from "./select-pairs.ts";

/** Requests of one, two, three, one and two votes. */
const requests: VotedRequests = {
  human: Float64Array.of(1, 2, 3, 4, 5),
  votes: Float64Array.of(1, 2, 3, 1, 2),
  scores: [],
  label: Int32Array.of(0, 1, -1, 0, 1),
  weight: Float64Array.of(1, 2, 3, 0, 5),
  eachVote: {
    user: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8),
    value: Float64Array.of(1, 2, 2, 3, 3, 3, 4, 5, 5),
  },
  notLogged: 0,
};

test("a request without anything that a pair needs is left out with all its votes, and the others keep theirs", () => {
  const { pairs, lacking } = selectPairs(requests, Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5));
  expect(lacking).toEqual({ noScore: 0, noLabel: 1, noWeight: 1 });
  expect([...pairs.human]).toEqual([1, 2, 5]);
  expect([...pairs.score]).toEqual([0.1, 0.2, 0.5]);
  expect([...pairs.votes]).toEqual([1, 2, 2]);
  expect([...pairs.label!]).toEqual([0, 1, 1]);
  expect([...pairs.weight!]).toEqual([1, 2, 5]);
  expect([...pairs.eachVote!.user]).toEqual([0, 1, 2, 7, 8]);
  expect([...pairs.eachVote!.value]).toEqual([1, 2, 2, 5, 5]);
});

test("it is counted once, by the first thing that it lacks; a weight that is none counts as one of 0", () => {
  const none = { ...requests, weight: Float64Array.of(Number.NaN, 2, 0, -1, 5) };
  const { pairs, lacking } = selectPairs(none, Float64Array.of(0.1, Number.NaN, Number.NaN, 0.4, 0.5));
  expect(lacking).toEqual({ noScore: 2, noLabel: 0, noWeight: 2 });
  expect([...pairs.human]).toEqual([5]);
});

test("what was not asked for is null, and lacks in no request", () => {
  const plain = { ...requests, label: null, weight: null, eachVote: null };
  const { pairs, lacking } = selectPairs(plain, new Float64Array(5).fill(0.5));
  expect(lacking).toEqual({ noScore: 0, noLabel: 0, noWeight: 0 });
  expect(pairs).toMatchObject({ label: null, weight: null, eachVote: null });
  expect(pairs.human).toHaveLength(5);
});
