import fc from "fast-check";
import { expect, test } from "vitest";
import { binaryAgreement } from "./binary-agreement.ts";
import { cohenKappa } from "./cohen-kappa.ts";

const count = fc.nat({ max: 12 });
const tables = fc.record({ bothOne: count, falseOne: count, falseZero: count, bothZero: count });

test("kappa is that of cohenKappa, and the balanced accuracy the mean of the shares met", () => {
  fc.assert(
    fc.property(tables, (counts) => {
      const { bothOne, falseOne, falseZero, bothZero } = counts;
      const items = [
        ...Array<[number, number]>(bothOne).fill([1, 1]),
        ...Array<[number, number]>(falseOne).fill([1, 0]),
        ...Array<[number, number]>(falseZero).fill([0, 1]),
        ...Array<[number, number]>(bothZero).fill([0, 0]),
      ];
      const { kappa } = cohenKappa(
        items.map(([rater]) => rater),
        items.map(([, truth]) => truth),
      );
      const own = binaryAgreement(counts);
      if (kappa === null) expect(own.kappa).toBeNull();
      else expect(own.kappa).toBeCloseTo(kappa, 12);

      const metOf = (truth: number): number => {
        const those = items.filter(([, other]) => other === truth);
        return those.filter(([rater]) => rater === truth).length / those.length;
      };
      const balanced = (metOf(0) + metOf(1)) / 2;
      if (Number.isNaN(balanced)) expect(own.balancedAccuracy).toBeNull();
      else expect(own.balancedAccuracy).toBeCloseTo(balanced, 14);
    }),
  );
});

test("the figures are scikit-learn's", () => {
  // scikit-learn 1.2.1, on the 50 items: `cohen_kappa_score(truth, rater)`, `balanced_accuracy_score(truth, rater)`.
  const { kappa, balancedAccuracy } = binaryAgreement({
    bothOne: 20,
    falseOne: 5,
    falseZero: 10,
    bothZero: 15,
  });
  expect(kappa).toBeCloseTo(0.4, 15);
  expect(balancedAccuracy).toBeCloseTo(0.7083333333333333, 15);
});

test("the unit of the weights changes nothing", () => {
  fc.assert(
    fc.property(
      tables,
      fc.constantFrom(0.25, 2, 1024),
      ({ bothOne, falseOne, falseZero, bothZero }, unit) => {
        expect(
          binaryAgreement({
            bothOne: unit * bothOne,
            falseOne: unit * falseOne,
            falseZero: unit * falseZero,
            bothZero: unit * bothZero,
          }),
        ).toEqual(binaryAgreement({ bothOne, falseOne, falseZero, bothZero }));
      },
    ),
  );
});

test("nothing to agree about, and a truth that does not occur, have no figure", () => {
  const none = { bothOne: 0, falseOne: 0, falseZero: 0, bothZero: 0 };
  expect(binaryAgreement(none)).toEqual({ kappa: null, balancedAccuracy: null });
  expect(binaryAgreement({ ...none, bothOne: 7 })).toEqual({ kappa: null, balancedAccuracy: null });
  expect(binaryAgreement({ ...none, bothOne: 7, falseZero: 3 })).toEqual({
    kappa: 0,
    balancedAccuracy: null,
  });
});
