import fc from "fast-check";
import { expect, test } from "vitest";
import { relativeError } from "./fixtures/relative-error.ts";
import { randomSource } from "./random-source.ts";
import { type ShareStratum, weightedShareInterval } from "./weighted-share-interval.ts";
import { wilsonInterval } from "./wilson-interval.ts";

const strata = fc.array(
  fc
    .tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 }), fc.integer({ min: 1, max: 1_000 }))
    .filter(([successes, failures]) => successes + failures > 0)
    .map(([successes, failures, weight]): ShareStratum => ({ successes, n: successes + failures, weight })),
  { minLength: 1, maxLength: 8 },
);

const shareOf = (given: readonly ShareStratum[]): number => {
  const total = given.reduce((sum, { weight }) => sum + weight, 0);
  return given.reduce((sum, { successes, n, weight }) => sum + (weight * successes) / n, 0) / total;
};

test("the interval is Wilson's at the size that smoothed strata come to", () => {
  // numpy: near = (x + 2) / (n + 4); P = sum(w * near); m = P * (1 - P) / sum(w**2 * near * (1 - near) / n)
  // and Wilson's interval of sum(w * x / n) at m, with z = 1.959963984540054
  for (const [given, low, high] of [
    [[5, 5, 700, 38, 71, 300], 0.582302360241607, 0.9646927798125965],
    [[6, 10, 300, 9, 12, 100, 5, 7, 100], 0.44502161320065126, 0.8151835625355002],
  ] as const) {
    const told = Array.from({ length: given.length / 3 }, (_, at) => {
      const [successes, n, weight] = given.slice(3 * at, 3 * at + 3);
      return { successes: successes!, n: n!, weight: weight! };
    });
    const found = weightedShareInterval(told)!;
    expect(relativeError(found[0], low)).toBeLessThan(1e-12);
    expect(relativeError(found[1], high)).toBeLessThan(1e-12);
  }
});

test("one stratum, or equal ones of equal weight, have Wilson's interval", () => {
  fc.assert(
    fc.property(strata, fc.integer({ min: 1, max: 6 }), ([stratum], copies) => {
      const found = weightedShareInterval(new Array<ShareStratum>(copies).fill(stratum!))!;
      const whole = wilsonInterval(copies * stratum!.successes, copies * stratum!.n)!;
      expect(found[0]).toBeCloseTo(whole[0], 10);
      expect(found[1]).toBeCloseTo(whole[1], 10);
    }),
  );
});

test("it holds the share, stays within 0 and 1, and takes weights by their proportions", () => {
  fc.assert(
    fc.property(strata, fc.double({ min: 0.01, max: 0.999, noNaN: true }), (given, confidence) => {
      const [low, high] = weightedShareInterval(given, { confidence })!;
      expect(low).toBeGreaterThanOrEqual(0);
      expect(low).toBeLessThanOrEqual(shareOf(given) + 1e-12);
      expect(high).toBeGreaterThanOrEqual(shareOf(given) - 1e-12);
      expect(high).toBeLessThanOrEqual(1);
      const scaled = given.map((stratum) => ({ ...stratum, weight: stratum.weight / 977 }));
      expect(weightedShareInterval(scaled, { confidence })![0]).toBeCloseTo(low, 10);
    }),
  );
});

test("counting failures instead of successes mirrors it", () => {
  fc.assert(
    fc.property(strata, (given) => {
      const [low, high] = weightedShareInterval(given)!;
      const failures = given.map(({ successes, n, weight }) => ({ successes: n - successes, n, weight }));
      const [mirroredLow, mirroredHigh] = weightedShareInterval(failures)!;
      expect(mirroredLow).toBeCloseTo(1 - high, 10);
      expect(mirroredHigh).toBeCloseTo(1 - low, 10);
    }),
  );
});

test("95 % intervals cover in 93 to 97.5 % of worlds where small strata often agree in full", () => {
  const random = randomSource(23);
  const worlds = 2_000;
  for (const strataCount of [2, 3, 5, 10])
    for (const shareAt of [() => 0.9, () => 0.95, () => 0.75 + 0.24 * random()]) {
      let covered = 0;
      let agreed = 0;
      for (let world = 0; world < worlds; world++) {
        const drawn = Array.from({ length: strataCount }, () => {
          const n = 5 + Math.floor(12 * random());
          const truth = shareAt();
          let successes = 0;
          for (let at = 0; at < n; at++) if (random() < truth) successes++;
          return { successes, n, weight: 0.1 + random(), truth };
        });
        const total = drawn.reduce((sum, { weight }) => sum + weight, 0);
        const truth = drawn.reduce((sum, own) => sum + own.weight * own.truth, 0) / total;
        const [low, high] = weightedShareInterval(drawn)!;
        if (low <= truth && truth <= high) covered++;
        if (drawn.some(({ successes, n }) => successes === n)) agreed++;
      }
      expect(agreed / worlds).toBeGreaterThan(0.4);
      expect(covered / worlds).toBeGreaterThanOrEqual(0.93);
      expect(covered / worlds).toBeLessThanOrEqual(0.975);
    }
});

test("no weight at all has no interval, and what are no counts are refused", () => {
  expect(weightedShareInterval([{ successes: 1, n: 2, weight: 0 }])).toBeNull();
  expect(weightedShareInterval([])).toBeNull();
  const refused = expect.objectContaining({ code: "INVALID_QUERY" });
  for (const wrong of [
    { successes: 3, n: 2 },
    { successes: -1, n: 2 },
    { successes: 0, n: 0 },
    { successes: Number.NaN, n: 2 },
    { successes: 1, n: Number.POSITIVE_INFINITY },
    { weight: -1 },
    { weight: Number.NaN },
  ])
    expect(() => weightedShareInterval([{ successes: 1, n: 2, weight: 1, ...wrong }])).toThrow(refused);
  expect(() => weightedShareInterval([], { confidence: 1 })).toThrow(refused);
});
