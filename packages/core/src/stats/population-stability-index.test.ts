import fc from "fast-check";
import { expect, test } from "vitest";
import { populationStabilityIndex } from "./population-stability-index.ts";
import { randomSource } from "./random-source.ts";

const bins = fc.array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 })), {
  minLength: 2,
  maxLength: 20,
});

test("index, expectation and p are those of the formula", () => {
  // numpy: p = [.5, .3, .2]; q = [.4, .3, .3]; sum((q - p) * log(q / p))
  // scipy.stats.chi2_contingency([[50, 30, 20], [40, 30, 30]], correction=False).pvalue
  const { psi, expectedUnderNoDrift, p, n } = populationStabilityIndex([50, 30, 20], [40, 30, 30]);
  expect(n).toEqual([100, 100]);
  expect(psi).toBeCloseTo(0.06286086594223739, 14);
  expect(expectedUnderNoDrift).toBeCloseTo(0.04, 15);
  expect(p).toBeCloseTo(0.2110720877910903, 12);
});

test("it is 0 for equal shares, above 0 otherwise, and the same both ways", () => {
  fc.assert(
    fc.property(bins, fc.integer({ min: 1, max: 5 }), (bins, factor) => {
      const a = bins.map(([count]) => count);
      const b = bins.map(([, count]) => count);
      expect(
        populationStabilityIndex(
          a,
          a.map((count) => count * factor),
        ).psi,
      ).toBeCloseTo(0, 14);
      const there = populationStabilityIndex(a, b);
      const back = populationStabilityIndex(b, a);
      expect(there.psi).toBeGreaterThanOrEqual(0);
      expect(back.psi).toBeCloseTo(there.psi!, 12);
      expect(back.p).toBeCloseTo(there.p!, 10);
    }),
  );
});

test("by chance it is what it is expected to be, and p is below 0.05 one time in twenty", () => {
  const random = randomSource(41);
  const shares = [0.1, 0.3, 0.65, 0.9, 1];
  const draw = (size: number) => {
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < size; i++) {
      const u = random();
      counts[shares.findIndex((share) => u < share)]! += 1;
    }
    return counts;
  };
  const trials = 2000;
  let sum = 0;
  let significant = 0;
  let expectation = 0;
  for (let trial = 0; trial < trials; trial++) {
    const { psi, expectedUnderNoDrift, p } = populationStabilityIndex(draw(300), draw(150));
    sum += psi!;
    expectation = expectedUnderNoDrift!;
    if (p! < 0.05) significant++;
  }
  expect(expectation).toBeCloseTo(0.04, 14);
  expect(sum / trials / expectation).toBeGreaterThan(0.95);
  expect(sum / trials / expectation).toBeLessThan(1.1);
  expect(significant / trials).toBeGreaterThan(0.035);
  expect(significant / trials).toBeLessThan(0.065);
});

test("with two or three counts a bin on one side, p is still below 0.05 at most one time in twenty", () => {
  const random = randomSource(42);
  const draw = (size: number) => {
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < size; i++) counts[Math.floor(10 * random())]! += 1;
    return counts;
  };
  const trials = 2000;
  let significant = 0;
  for (let trial = 0; trial < trials; trial++)
    if (populationStabilityIndex(draw(300), draw(25)).p! < 0.05) significant++;
  expect(significant / trials).toBeGreaterThan(0.025);
  expect(significant / trials).toBeLessThan(0.065);
});

test("a bin empty on one side counts as a half there, and one empty on both not at all", () => {
  const half = populationStabilityIndex([10, 10, 0.5], [10, 10, 4]);
  const empty = populationStabilityIndex([10, 0, 10, 0], [10, 0, 10, 4]);
  expect(empty).toMatchObject({ bins: 3, n: [20, 24] });
  expect(empty.psi).toBe(half.psi);
});

test("no counts and a single bin are told, not hidden", () => {
  const missing = { psi: null, expectedUnderNoDrift: null, p: null };
  expect(populationStabilityIndex([0, 0], [1, 2])).toMatchObject({
    ...missing,
    n: [0, 3],
    reason: "too_few",
  });
  expect(populationStabilityIndex([], [])).toMatchObject({ ...missing, bins: 0, reason: "too_few" });
  expect(populationStabilityIndex([5, 0], [7, 0])).toMatchObject({ ...missing, reason: "constant" });
  const refused = expect.objectContaining({ code: "INVALID_QUERY" });
  expect(() => populationStabilityIndex([1], [1, 2])).toThrow(refused);
  expect(() => populationStabilityIndex([1, -1], [1, 2])).toThrow(refused);
});
