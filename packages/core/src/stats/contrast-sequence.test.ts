import fc from "fast-check";
import { expect, test } from "vitest";
import { contrastSequence } from "./contrast-sequence.ts";
import { contrastTest } from "./contrast-test.ts";
import { groups } from "./fixtures/groups.ts";
import { meanDifferenceSequence } from "./mean-difference-sequence.ts";
import { moments } from "./moments.ts";
import { randomSource } from "./random-source.ts";

const difference = groups.map(([a, b]) => ({ a: moments(a), b: moments(b) }));

test("for one difference of weight 1 it is meanDifferenceSequence", () => {
  fc.assert(
    fc.property(difference, ({ a, b }) => {
      const ci = contrastSequence([{ weight: 1, a, b }]);
      const { ci: expected } = meanDifferenceSequence(a, b);
      if (!ci || !expected) return expect(ci).toBe(expected);
      const width = expected[1] - expected[0];
      expect(Math.abs(ci[0] - expected[0]) / width).toBeLessThan(1e-12);
      expect(Math.abs(ci[1] - expected[1]) / width).toBeLessThan(1e-12);
    }),
  );
});

test("it is never narrower than the interval for one look", () => {
  fc.assert(
    fc.property(fc.array(difference, { minLength: 1, maxLength: 4 }), (pairs) => {
      const differences = pairs.map(({ a, b }, at) => ({ weight: at % 2 ? -1 : 1, a, b }));
      const [sequence, once] = [contrastSequence(differences), contrastTest(differences).ci];
      if (!sequence || !once) return expect(sequence).toBe(once);
      expect(sequence[0]).toBeLessThanOrEqual(once[0]);
      expect(sequence[1]).toBeGreaterThanOrEqual(once[1]);
    }),
  );
});

test("30 looks at a difference of differences that is none raise a false alarm in at most 5 %", () => {
  const random = randomSource(1);
  const isAlarmed = (): boolean => {
    const [treatedBefore, controlBefore] = [draw(60, random), draw(60, random)];
    const [treated, control]: [number[], number[]] = [[], []];
    for (let look = 0; look < 30; look++) {
      treated.push(...draw(10, random));
      control.push(...draw(10, random));
      const [low, high] = contrastSequence([
        { weight: 1, a: moments(treated), b: moments(treatedBefore) },
        { weight: -1, a: moments(control), b: moments(controlBefore) },
      ])!;
      if (low > 0 || high < 0) return true;
    }
    return false;
  };
  const runs = 400;
  const alarms = Array.from({ length: runs }, isAlarmed).filter(Boolean).length;
  expect(alarms / runs).toBeLessThanOrEqual(0.05);
});

const draw = (n: number, random: () => number): readonly number[] => Array.from({ length: n }, random);
