import { expect, test } from "vitest";
import { randomSource } from "../../stats/random-source.ts";
import { isInverted } from "./is-inverted.ts";

interface World {
  readonly random: () => number;
  readonly outputs: number;
  readonly groupCount: number;
  /** What is shared by a group: its score, and how it votes; where absent, an output has its own. */
  readonly shared?: boolean;
  readonly like: (score: number) => number;
}

const world = ({ random, outputs, groupCount, shared = false, like }: World) => {
  const draw = () => {
    const score = random();
    return { score, human: random() < like(score) ? 5 : 1 };
  };
  const ofGroup = Array.from({ length: groupCount }, draw);
  const groups = Int32Array.from({ length: outputs }, (_, at) => at % groupCount);
  const all = Array.from(groups, (group) => (shared ? ofGroup[group]! : draw()));
  return {
    scores: Float64Array.from(all, ({ score }) => score),
    humanScores: Float64Array.from(all, ({ human }) => human),
    groups,
    confidence: 0.95,
  };
};

test("an evaluator that is flipped is named, also with few prompts", () => {
  const random = randomSource(1);
  const flipped = world({ random, outputs: 300, groupCount: 13, like: (score) => 1 - score });
  expect(isInverted(flipped)).toBe(true);
  expect(isInverted({ ...flipped, scores: flipped.scores.map((score) => -score) })).toBe(false);
});

test("users who always vote the same, on scores of their own, are no proof, seeds 1 to 400", () => {
  let named = 0;
  for (let seed = 1; seed <= 400; seed++) {
    const random = randomSource(seed);
    if (isInverted(world({ random, outputs: 480, groupCount: 40, shared: true, like: () => 0.6 }))) named++;
  }
  // One side of a 95 % interval is 10 of 400; by outputs taken as independent it is over 100.
  expect(named).toBeLessThanOrEqual(22);
});

test("an evaluator that is wrong without exception is named, though not on the word of five", () => {
  const scores = Float64Array.from({ length: 60 }, (_, at) => at % 2);
  const humanScores = scores.map((score) => 5 - 4 * score);
  const inGroups = (count: number) => Int32Array.from(scores.keys(), (at) => at % count);
  expect(isInverted({ scores, humanScores, groups: inGroups(6), confidence: 0.95 })).toBe(true);
  expect(isInverted({ scores, humanScores, groups: inGroups(5), confidence: 0.95 })).toBe(false);
});

test("a score that never varies, or humans who all say the same, are not the wrong way round", () => {
  const given = world({ random: randomSource(1), outputs: 60, groupCount: 30, like: (score) => 1 - score });
  expect(isInverted({ ...given, scores: new Float64Array(60).fill(4) })).toBe(false);
  expect(isInverted({ ...given, humanScores: new Float64Array(60).fill(5) })).toBe(false);
});
