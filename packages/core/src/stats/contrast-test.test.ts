import fc from "fast-check";
import { expect, test } from "vitest";
import { contrastTest } from "./contrast-test.ts";
import { groups } from "./fixtures/groups.ts";
import { moments } from "./moments.ts";
import { welchTest } from "./welch-test.ts";

const first = { a: moments([5, 6, 7, 8.5]), b: moments([1, 2, 3]) };
const second = { a: moments([4, 4.5, 6, 7, 2]), b: moments([3, 3.5, 1]) };

// numpy means and variances; scipy.stats.t with Satterthwaite's degrees of freedom over the four groups
test.each([
  {
    name: "a stratified difference",
    weights: [0.6, 0.4],
    expected: {
      difference: 3.6550000000000002,
      standardError: 0.7296289011088674,
      t: 5.009395864726911,
      df: 9.952083098682609,
      p: 0.0005377392915052237,
      ci: [2.02822387718982, 5.2817761228101805],
    },
  },
  {
    name: "a difference of differences",
    weights: [1, -1],
    expected: {
      difference: 2.425,
      standardError: 1.48793761069923,
      t: 1.6297726346606791,
      df: 10.51579173393335,
      p: 0.13270541226062404,
      ci: [-0.8684210664616181, 5.718421066461618],
    },
  },
])("$name is SciPy's", ({ weights, expected }) => {
  const answer = contrastTest([
    { weight: weights[0]!, ...first },
    { weight: weights[1]!, ...second },
  ]);
  expect(answer.reason).toBeNull();
  for (const name of ["difference", "standardError", "t", "df", "p"] as const)
    expect(answer[name]).toBeCloseTo(expected[name], 10);
  expect(answer.ci![0]).toBeCloseTo(expected.ci[0]!, 10);
  expect(answer.ci![1]).toBeCloseTo(expected.ci[1]!, 10);
});

test("one difference of weight 1 is Welch's test", () => {
  fc.assert(
    fc.property(groups, ([a, b]) => {
      const welch = welchTest(a, b);
      const answer = contrastTest([{ weight: 1, a: welch.a, b: welch.b }]);
      expect(answer).toMatchObject({ difference: welch.difference, reason: welch.reason });
      if (welch.t === null) return;
      expect(answer.t! / welch.t || 1).toBeCloseTo(1, 12);
      expect(answer.df! / welch.df!).toBeCloseTo(1, 12);
    }),
  );
});

test("exchanging a and b turns the signs and nothing else, to the last digit", () => {
  const weight = fc.double({ min: -2, max: 2, noNaN: true });
  const difference = fc.tuple(weight, groups).map(([weight, [a, b]]) => ({
    weight,
    a: moments(a),
    b: moments(b),
  }));
  fc.assert(
    fc.property(fc.array(difference, { minLength: 1, maxLength: 5 }), (differences) => {
      const there = contrastTest(differences);
      const back = contrastTest(differences.map(({ weight, a, b }) => ({ weight, a: b, b: a })));
      expect(back.difference! + there.difference!).toBe(0);
      expect(back.reason).toBe(there.reason);
      if (!there.ci || !back.ci) return;
      expect(back.t! + there.t!).toBe(0);
      expect(back.p).toBe(there.p);
      expect(back.ci[0] + there.ci[1]).toBe(0);
    }),
  );
});

test("scores a googol in size do not overflow", () => {
  const huge = [1e100, 3e100, 2e100];
  const answer = contrastTest([{ weight: 1, a: moments(huge), b: moments(huge.map((value) => -value)) }]);
  expect(answer.difference).toBe(4e100);
  expect(answer.df).toBeCloseTo(4, 12);
});

test("says why there is no test", () => {
  const [none, one, same] = [moments([]), moments([1]), moments([1, 1])];
  const missing = { standardError: null, t: null, df: null, p: null, ci: null };
  const test = (a: typeof none, b = first.b) => contrastTest([{ weight: 1, a, b }]);
  expect(contrastTest([])).toEqual({ ...missing, difference: null, reason: "too_few" });
  expect(test(none)).toEqual({ ...missing, difference: null, reason: "too_few" });
  expect(test(one)).toEqual({ ...missing, difference: -1, reason: "too_few" });
  expect(test(same, moments([3, 3]))).toEqual({ ...missing, difference: -2, reason: "constant" });
  expect(test(same)).toMatchObject({ difference: -1, df: 2, reason: null });
});

test("refuses a confidence that is none", () => {
  expect(() => contrastTest([], { confidence: 1 })).toThrow("confidence");
});
