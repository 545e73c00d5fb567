import fc from "fast-check";
import { expect, test } from "vitest";
import { fitLogistic } from "./fit-logistic.ts";
import { type RidgeLogisticFit, ridgeLogistic, type SparseRows } from "./ridge-logistic.ts";

const sparse = (table: readonly (readonly number[])[], columns: number): SparseRows => {
  const starts = [0];
  const cells = table.flatMap((row) => {
    const own = [...row.entries()].filter(([, value]) => value !== 0);
    starts.push(starts.at(-1)! + own.length);
    return own;
  });
  return {
    columns,
    starts: Int32Array.from(starts),
    places: Int32Array.from(cells, ([place]) => place),
    values: Float64Array.from(cells, ([, value]) => value),
  };
};

/** Forty rows of six columns, a bit less than half of them 0. */
const table = Array.from({ length: 40 }, (_, i) =>
  Array.from({ length: 6 }, (_, j) => Math.max(0, ((3 * i * i + 5 * j * j + 7 * i * j) % 13) - 6) / 2),
);
const labels = table.map((_, i) => ((5 * i) % 7 < 3 ? 1 : 0));
const weights = table.map((_, i) => 1 + (i % 3));
const penalties = [0.5, 1, 2, 4, 8, 0.1];

const expectFit = (fit: RidgeLogisticFit, intercept: number, coefficients: readonly number[]) => {
  expect(fit.intercept).toBeCloseTo(intercept, 5);
  expect(fit.coefficients).toHaveLength(coefficients.length);
  for (const [at, coefficient] of coefficients.entries())
    expect(fit.coefficients[at]).toBeCloseTo(coefficient, 5);
};

/**
 * scikit-learn 1.2.1, `LogisticRegression(C=1, solver="newton-cholesky", tol=1e-14).fit(x / sqrt(p), y, sample_weight=w)`:
 * `intercept_`, `coef_ / sqrt(p)`. A column that is divided by the root of p is one with the penalty p.
 */
test("the model is scikit-learn's, with weights and a penalty for each column, and without", () => {
  expectFit(
    ridgeLogistic(sparse(table, 6), labels, { weights, penalties }),
    -0.08714439775133458,
    [
      -0.23965685514382862, -0.188232674179145, 0.06492360197817988, 0.1790019343251818, -0.2117803345629665,
      0.09486722050507926,
    ],
  );
  expectFit(
    ridgeLogistic(sparse(table, 6), labels, { penalties: [1, 1, 1, 1, 1, 1] }),
    -0.16952973435403007,
    [
      -0.14261108545285286, -0.130221665307607, 0.055116231944851234, -0.16824658002203047,
      -0.12494659111603776, 0.146814828438418,
    ],
  );
});

test("next to no penalty gives the curve without one", () => {
  const x = table.map((row) => row[0]!);
  const { slope, intercept } = fitLogistic(x, labels);
  const fit = ridgeLogistic(
    sparse(
      x.map((value) => [value]),
      1,
    ),
    labels,
    { penalties: [1e-12] },
  );
  expect(fit.coefficients[0]).toBeCloseTo(slope!, 4);
  expect(fit.intercept).toBeCloseTo(intercept!, 4);
});

const value = fc.constantFrom(0, 0, 0, -2, -1, 0.5, 1, 3);
const problems = fc
  .record({ columns: fc.integer({ min: 0, max: 8 }), rows: fc.integer({ min: 2, max: 20 }) })
  .chain(({ columns, rows }) =>
    fc.record({
      columns: fc.constant(columns),
      table: fc.array(fc.array(value, { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
      labels: fc
        .array(fc.constantFrom(0, 1, 0.25), { minLength: rows, maxLength: rows })
        .map((all) => all.with(0, 0).with(1, 1)),
      weights: fc
        .array(fc.nat({ max: 3 }), { minLength: rows, maxLength: rows })
        .map((all) => all.with(0, 1).with(1, 1)),
      penalties: fc.array(fc.constantFrom(0.1, 1, 10, 1000), { minLength: columns, maxLength: columns }),
    }),
  );

test("at the answer no slope is left, whatever the columns, and even if there are more of them than rows", () => {
  fc.assert(
    fc.property(problems, ({ columns, table, labels, weights, penalties }) => {
      const fit = ridgeLogistic(sparse(table, columns), labels, { weights, penalties });
      const residuals = table.map((row, i) => {
        const logOdds = row.reduce((sum, x, j) => sum + x * fit.coefficients[j]!, fit.intercept);
        return weights[i]! * (1 / (1 + Math.exp(-logOdds)) - labels[i]!);
      });
      const slopes = [
        residuals.reduce((sum, one) => sum + one, 0),
        ...penalties.map((penalty, j) =>
          residuals.reduce((sum, one, i) => sum + one * table[i]![j]!, penalty * fit.coefficients[j]!),
        ),
      ];
      const largest = Math.max(...slopes.map(Math.abs));
      expect(largest).toBeLessThanOrEqual(1.01e-6 * weights.reduce((sum, one) => sum + one, 0));
      expect(fit.gradient).toBeCloseTo(largest, 10);
    }),
  );
});

test("a weight of 2 is the same row twice, one of 0 no row, and a label of 1/4 a quarter of a 1", () => {
  fc.assert(
    fc.property(problems, ({ columns, table, labels, weights, penalties }) => {
      const written = table.flatMap((row, i) => {
        const ones = 4 * weights[i]! * labels[i]!;
        const label = (place: number) => (place < ones ? 1 : 0);
        return Array.from({ length: 4 * weights[i]! }, (_, place) => ({ row, label: label(place) }));
      });
      // Four rows for one are four times the loss, and so take four times the penalty.
      const quarters = ridgeLogistic(
        sparse(
          written.map(({ row }) => row),
          columns,
        ),
        written.map(({ label }) => label),
        { penalties: penalties.map((penalty) => 4 * penalty) },
      );
      const fit = ridgeLogistic(sparse(table, columns), labels, { weights, penalties });
      expect(fit.intercept).toBeCloseTo(quarters.intercept, 2);
      for (const [at, coefficient] of fit.coefficients.entries())
        expect(coefficient).toBeCloseTo(quarters.coefficients[at]!, 2);
    }),
  );
});

test("labels that a column separates have an answer, the milder the larger the penalty", () => {
  const rows = sparse([[-2], [-1], [1], [2]], 1);
  const steepness = [0.01, 1, 100].map(
    (penalty) => ridgeLogistic(rows, [0, 0, 1, 1], { penalties: [penalty] }).coefficients[0]!,
  );
  expect(steepness[0]).toBeGreaterThan(steepness[1]!);
  expect(steepness[1]).toBeGreaterThan(steepness[2]!);
  expect(steepness[2]).toBeGreaterThan(0);
  expect(Math.max(...steepness)).toBeLessThan(10);
});

test("without columns, and with labels of one kind, the intercept says the share of labels", () => {
  const chance = ({ intercept }: RidgeLogisticFit) => 1 / (1 + Math.exp(-intercept));
  expect(chance(ridgeLogistic(sparse([[], [], [], []], 0), [1, 0, 0, 0], { penalties: [] }))).toBeCloseTo(
    0.25,
    6,
  );
  const alike = ridgeLogistic(
    sparse(table, 6),
    labels.fill(1, 0, 0).map(() => 1),
    { penalties },
  );
  expect(chance(alike)).toBeGreaterThan(1 - 2e-6);
  expect(Number.isFinite(alike.intercept)).toBe(true);
});

test("a column in another unit has its coefficient in that unit", () => {
  const units = [1, 1000, 1e-3, 50, 1, 0.1];
  const stretched = table.map((row) => row.map((x, j) => x * units[j]!));
  const fit = ridgeLogistic(sparse(table, 6), labels, { penalties });
  const other = ridgeLogistic(sparse(stretched, 6), labels, {
    penalties: penalties.map((penalty, j) => penalty * units[j]! ** 2),
  });
  expectFit(
    { ...other, coefficients: other.coefficients.map((coefficient, j) => coefficient * units[j]!) },
    fit.intercept,
    [...fit.coefficients],
  );
});

test.each<[string, SparseRows, number[], { weights?: number[]; penalties: number[] }]>([
  ["a label too few", sparse([[1], [2]], 1), [1], { penalties: [1] }],
  ["a weight too few", sparse([[1], [2]], 1), [1, 0], { weights: [1], penalties: [1] }],
  ["a penalty too few", sparse([[1], [2]], 1), [1, 0], { penalties: [] }],
  ["a label above 1", sparse([[1], [2]], 1), [2, 0], { penalties: [1] }],
  ["no number for a label", sparse([[1], [2]], 1), [Number.NaN, 0], { penalties: [1] }],
  ["a negative weight", sparse([[1], [2]], 1), [1, 0], { weights: [1, -1], penalties: [1] }],
  ["a weight without end", sparse([[1], [2]], 1), [1, 0], { weights: [1, 1 / 0], penalties: [1] }],
  ["no penalty", sparse([[1], [2]], 1), [1, 0], { penalties: [0] }],
  ["a penalty without end", sparse([[1], [2]], 1), [1, 0], { penalties: [1 / 0] }],
  ["no number for a value", sparse([[Number.NaN], [2]], 1), [1, 0], { penalties: [1] }],
  ["a place beyond the columns", sparse([[1, 1], [2]], 1), [1, 0], { penalties: [1] }],
  [
    "rows that end before their numbers do",
    { ...sparse([[1], [2]], 1), starts: Int32Array.of(0, 1, 1) },
    [1, 0],
    { penalties: [1] },
  ],
])("%s is refused", (_, rows, labels, options) => {
  expect(() => ridgeLogistic(rows, labels, options)).toThrow(
    expect.objectContaining({ code: "INVALID_QUERY" }),
  );
});
