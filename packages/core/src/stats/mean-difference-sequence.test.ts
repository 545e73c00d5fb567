import fc from "fast-check";
import { expect, test } from "vitest";
import { confidenceSequenceMargin } from "./confidence-sequence-margin.ts";
import { groups } from "./fixtures/groups.ts";
import { meanDifferenceSequence } from "./mean-difference-sequence.ts";
import { addValue, emptyMoments } from "./moment-sums.ts";
import { moments } from "./moments.ts";
import { randomSource } from "./random-source.ts";
import { tightestRho2 } from "./tightest-rho2.ts";
import { welchTest } from "./welch-test.ts";

const summary = ({ n, mean, m2 }: { n: number; mean: number; m2: number }) => ({
  n,
  mean,
  sd: Math.sqrt(m2 / (n - 1)),
});

/** Ratings as people give them: mostly 5, some 1. */
const rating = (random: () => number): number => {
  const u = random();
  return u < 0.2 ? 1 : u < 0.25 ? 2 : u < 0.35 ? 3 : u < 0.55 ? 4 : 5;
};

/** One person in twenty. */
const rareVote = (random: () => number): number => (random() < 0.05 ? 1 : 0);

interface Peeking {
  readonly draw: (random: () => number) => number;
  /** Values of either group before the first look, and more of them with each look. */
  readonly start: readonly [number, number];
  readonly perLook: readonly [number, number];
}

/** How often 30 looks at two groups that do not differ raise an alarm, out of 1,000 times. */
const falseAlarms = ({ draw, start, perLook }: Peeking, seed: number) => {
  const random = randomSource(seed);
  const alarms = { sequence: 0, welch: 0 };
  for (let run = 0; run < 1000; run++) {
    const [a, b] = [emptyMoments(), emptyMoments()];
    const grow = ([moreA, moreB]: readonly [number, number]) => {
      for (let i = 0; i < moreA; i++) addValue(a, draw(random));
      for (let i = 0; i < moreB; i++) addValue(b, draw(random));
    };
    grow(start);
    let sequence = false;
    let welch = false;
    for (let look = 0; look < 30; look++) {
      grow(perLook);
      const answer = meanDifferenceSequence(summary(a), summary(b));
      if (answer.difference === null || answer.ci === null) continue;
      sequence ||= answer.significant === true;
      welch ||=
        Math.abs(answer.difference) > 1.96 * Math.sqrt(a.m2 / (a.n * (a.n - 1)) + b.m2 / (b.n * (b.n - 1)));
    }
    if (sequence) alarms.sequence++;
    if (welch) alarms.welch++;
  }
  return alarms;
};

test.each([
  { name: "both groups growing", draw: rating, start: [0, 0], perLook: [20, 20] },
  {
    name: "a finished group before and a growing one after",
    draw: rating,
    start: [400, 0],
    perLook: [0, 30],
  },
  { name: "rare votes, of which a young group has none", draw: rareVote, start: [400, 0], perLook: [0, 30] },
] as const)(
  "30 looks at no change, $name, raise a false alarm in under 5 %, where Welch's raises one in over 15 %",
  (peeking) => {
    const alarms = falseAlarms(peeking, 5);
    expect(alarms.sequence).toBeLessThan(50);
    expect(alarms.welch).toBeGreaterThan(150);
  },
);

test("a change of half a standard deviation is seen long before the planned number", () => {
  const random = randomSource(6);
  let seen = 0;
  for (let run = 0; run < 200; run++) {
    const [a, b] = [emptyMoments(), emptyMoments()];
    for (let i = 0; i < 250; i++) {
      addValue(a, rating(random) + 0.75);
      addValue(b, rating(random));
    }
    if (meanDifferenceSequence(summary(a), summary(b)).significant) seen++;
  }
  expect(seen).toBeGreaterThan(190);
});

test("equal groups of many values have the sequence of the mean of their differences", () => {
  const [a, b] = [
    { n: 100_000, mean: 5, sd: 3 },
    { n: 100_000, mean: 4.9, sd: 4 },
  ];
  const { difference, ci } = meanDifferenceSequence(a, b, { optimizedFor: 800 });
  const margin = confidenceSequenceMargin({ n: 100_000, sd: 5, rho2: tightestRho2(800) })!;
  expect((ci![1] - difference!) / margin).toBeCloseTo(1, 4);
});

test("the interval contains Welch's, and leaves out 0 exactly when the p-value is below 1 - confidence", () => {
  fc.assert(
    fc.property(
      groups,
      fc.constantFrom(0.5, 0.8, 0.95),
      fc.constantFrom(5, 500),
      ([a, b], confidence, optimizedFor) => {
        const welch = welchTest(a, b, { confidence });
        const { difference, ci, anytimeP, significant } = meanDifferenceSequence(welch.a, welch.b, {
          confidence,
          optimizedFor,
        });
        expect(difference).toBe(welch.difference);
        expect(ci![0]).toBeLessThan(welch.ci![0]);
        expect(ci![1]).toBeGreaterThan(welch.ci![1]);
        expect(anytimeP).toBeLessThanOrEqual(1);
        expect(significant).toBe(ci![0] > 0 || ci![1] < 0);
        expect(anytimeP! < 1 - confidence).toBe(significant);
      },
    ),
  );
});

test("swapping the groups turns the signs and nothing else", () => {
  fc.assert(
    fc.property(groups, ([valuesA, valuesB]) => {
      const [a, b] = [moments(valuesA), moments(valuesB)];
      const there = meanDifferenceSequence(a, b);
      const back = meanDifferenceSequence(b, a);
      expect(back.difference! + there.difference!).toBe(0);
      expect(back.ci![0]).toBeCloseTo(-there.ci![1], 9);
      expect(back.anytimeP).toBeCloseTo(there.anytimeP!, 12);
    }),
  );
});

test("too few values and no spread are told, and options without sense refused", () => {
  const none = { ci: null, anytimeP: null, significant: null };
  const some = moments([1, 2]);
  expect(meanDifferenceSequence(moments([]), some)).toEqual({ ...none, difference: null, reason: "too_few" });
  expect(meanDifferenceSequence(moments([1]), some)).toEqual({
    ...none,
    difference: -0.5,
    reason: "too_few",
  });
  expect(meanDifferenceSequence(moments([2, 2]), moments([1, 1]))).toEqual({
    ...none,
    difference: 1,
    reason: "constant",
  });
  for (const options of [{ optimizedFor: 0 }, { confidence: 0 }])
    expect(() => meanDifferenceSequence(some, some, options)).toThrow(
      expect.objectContaining({ code: "INVALID_QUERY" }),
    );
});
