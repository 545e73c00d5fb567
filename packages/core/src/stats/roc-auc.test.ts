import fc from "fast-check";
import { expect, test } from "vitest";
import { labelled } from "./fixtures/labelled.ts";
import { rocAuc } from "./roc-auc.ts";

test("the area is scikit-learn's", () => {
  expect(rocAuc(labelled.scores, labelled.labels)).toBeCloseTo(labelled.auc, 15);
});

test("the area counts the pairs of labels that the scores put in order, equal ones by half", () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom(0, 1));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      const of = (label: number) => rows.filter(([, own]) => own === label).map(([score]) => score);
      const wins = of(1).flatMap((one) => of(0).map((zero) => (one > zero ? 1 : one === zero ? 0.5 : 0)));
      const area = rocAuc(
        rows.map(([score]) => score),
        rows.map(([, label]) => label),
      );
      if (wins.length === 0) expect(area).toBeNull();
      else expect(area).toBe(wins.reduce<number>((sum, win) => sum + win, 0) / wins.length);
    }),
  );
});
