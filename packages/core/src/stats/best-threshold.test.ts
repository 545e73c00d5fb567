import fc from "fast-check";
import { expect, test } from "vitest";
import { bestThreshold } from "./best-threshold.ts";
import { cohenKappa } from "./cohen-kappa.ts";
import { labelled } from "./fixtures/labelled.ts";

const criteria = ["youden", "f1", "kappa"] as const;

test.each(criteria)("the best threshold by %s is scikit-learn's", (criterion) => {
  const { threshold, value } = labelled[criterion];
  expect(bestThreshold(labelled.scores, labelled.labels, { criterion })).toEqual({
    n: [15, 25],
    dropped: 0,
    threshold,
    value: expect.closeTo(value, 14),
    reason: null,
  });
});

test("no score is a better threshold, and none above it as good", () => {
  const row = fc.tuple(fc.integer({ min: -4, max: 4 }), fc.constantFrom(0, 1));
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 2, maxLength: 40 }),
      fc.constantFrom(...criteria),
      (rows, criterion) => {
        const answer = bestThreshold(
          rows.map(([score]) => score),
          rows.map(([, label]) => label),
          { criterion },
        );
        expect(answer.threshold === null).toBe(answer.reason !== null);
        if (answer.threshold === null || answer.value === null) return;
        const [positives, negatives] = answer.n;
        for (const [score] of rows) {
          const passed = rows.filter(([other]) => other >= score);
          const hits = passed.filter(([, label]) => label === 1).length;
          const value = {
            f1: () => (2 * hits) / (passed.length + positives),
            youden: () => hits / positives - (passed.length - hits) / negatives,
            kappa: () =>
              cohenKappa(
                rows.map(([other]) => (other >= score ? 1 : 0)),
                rows.map(([, label]) => label),
              ).kappa!,
          }[criterion]();
          if (score === answer.threshold) expect(answer.value).toBeCloseTo(value, 14);
          else if (score > answer.threshold) expect(value).toBeLessThan(answer.value - 1e-12);
          else expect(value).toBeLessThan(answer.value + 1e-14);
        }
      },
    ),
  );
});

test.each(["youden", "kappa"] as const)(
  "scores upside down have no better threshold by %s than to pass all",
  (criterion) => {
    expect(bestThreshold([1, 2, 3, 4], [1, 1, 0, 0], { criterion })).toMatchObject({
      threshold: 1,
      value: 0,
    });
  },
);

test("one label alone and equal scores have no threshold", () => {
  const missing = { threshold: null, value: null };
  expect(bestThreshold([1, 2, Number.NaN], [1, 1, 0])).toEqual({
    ...missing,
    n: [2, 0],
    dropped: 1,
    reason: "one_class",
  });
  expect(bestThreshold([2, 2], [1, 0])).toEqual({ ...missing, n: [1, 1], dropped: 0, reason: "constant" });
});

test("an unknown criterion is refused", () => {
  expect(() => bestThreshold([1, 2], [0, 1], { criterion: "accuracy" as "f1" })).toThrow(
    expect.objectContaining({ code: "INVALID_QUERY" }),
  );
});
