import fc from "fast-check";
import { expect, test } from "vitest";
import { surveyDesign } from "./fixtures/survey-design.ts";
import { type Margin, rake } from "./rake.ts";

const { s, r, weights } = surveyDesign;

/** The sum of the weights of each cell. */
const sumsOf = (weights: Float64Array, { code, population }: Margin): number[] =>
  Array.from(population, (_, cell) => weights.reduce((sum, w, i) => (code[i] === cell ? sum + w : sum), 0));

test("from equal and from given weights, the weights are those of R", () => {
  // survey 4.1-1 on R 4.2.2: weights(rake(svydesign(~1, weights = ~w, data = d), list(~s, ~r), ...,
  // control = list(epsilon = 1e-13, maxit = 1000)))[1:5]
  const expected = [
    0.170632068007661, 4.2060491986878, 12.759748155249367, 3.875885417055159, 1.883940843651315,
  ];
  const raked = rake([s, r], { weights }).weights!;
  expected.forEach((weight, i) => {
    expect(raked[i]! / weight).toBeCloseTo(1, 9);
  });
});

test("each cell of each margin sums to its population, whatever the weights before", () => {
  const before = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 24, maxLength: 24 });
  fc.assert(
    fc.property(before, (weights) => {
      const raked = rake([s, r], { weights });
      expect(raked.converged).toBe(true);
      for (const margin of [s, r])
        sumsOf(raked.weights!, margin).forEach((sum, cell) => {
          expect(sum / margin.population[cell]!).toBeCloseTo(1, 9);
        });
    }),
  );
});

test("the weights do not depend on the order of the margins, nor on counts or shares", () => {
  const raked = rake([s, r]).weights!;
  const turned = rake([{ ...r, population: [50, 70, 80] }, s]).weights!;
  raked.forEach((weight, i) => {
    expect(turned[i]! / weight).toBeCloseTo(2, 8);
  });
});

test("a weight is a factor of its row's cells and of nothing else", () => {
  const raked = rake([s, r], { weights }).weights!;
  const ratio = (i: number): number => raked[i]! / weights[i]!;
  for (let i = 0; i < raked.length; i++)
    for (let j = 0; j < i; j++)
      if (s.code[i] === s.code[j] && r.code[i] === r.code[j]) expect(ratio(i) / ratio(j)).toBeCloseTo(1, 12);
});

test("a cell without population weighs nothing", () => {
  const raked = rake([{ code: [0, 0, 1], population: [10, 0] }]);
  expect(Array.from(raked.weights!)).toEqual([5, 5, 0]);
});

test("cells without rows are named, and contradicting margins are not fitted", () => {
  const empty = rake([
    { code: [0, 0], population: [1, 1, 0] },
    { code: [1, 1], population: [1, 1] },
  ]);
  expect(empty).toMatchObject({
    weights: null,
    effectiveSize: null,
    converged: false,
    reason: "empty_cell",
    empty: [
      { margin: 0, code: 1 },
      { margin: 1, code: 0 },
    ],
  });
  const contradiction = rake([
    { code: [0, 0, 1], population: [50, 50] },
    { code: [0, 0, 1], population: [10, 90] },
  ]);
  expect(contradiction).toMatchObject({ weights: null, converged: false, reason: "not_converged" });
  expect(rake([{ code: [], population: [1] }])).toMatchObject({ weights: null, reason: "too_few" });
  expect(rake([{ code: [0], population: [0] }])).toMatchObject({ weights: null, reason: "too_few" });
});

test("codes, weights and populations that are none are refused", () => {
  const refused = expect.objectContaining({ code: "INVALID_QUERY" });
  expect(() => rake([])).toThrow(refused);
  expect(() => rake([{ code: [0, 2], population: [1, 1] }])).toThrow(refused);
  expect(() => rake([{ code: [0.5], population: [1] }])).toThrow(refused);
  expect(() => rake([{ code: [0], population: [-1] }])).toThrow(refused);
  expect(() => rake([{ code: [0], population: [1] }], { weights: [1, 1] })).toThrow(refused);
  const uneven = [
    { code: [0], population: [1] },
    { code: [0, 0], population: [1] },
  ];
  expect(() => rake(uneven)).toThrow(refused);
});
