import fc from "fast-check";
import { expect, test } from "vitest";
import { relativeError } from "./fixtures/relative-error.ts";
import { interruptedTimeSeries } from "./interrupted-time-series.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { randomSource } from "./random-source.ts";

const y = [
  3.0, 3.0355, 2.9212, 3.0457, 3.1294, 2.8846, 2.8296, 2.9476, 2.9647, 3.0057, 2.945, 3.0905, 3.1555, 3.1194,
  3.2099, 3.1917, 3.0524, 3.1081, 3.0057, 3.1407, 3.1178, 3.0954, 3.0371, 3.2008, 3.1475, 3.0959, 3.0802,
  3.1633, 3.1907, 3.2116, 3.5764, 3.7614, 3.6035, 3.5185, 3.4504, 3.5638, 3.6763, 3.6128, 3.5129, 3.469,
  3.5991, 3.6779, 3.7017, 3.5973, 3.6394, 3.6534, 3.675, 3.7557, 3.7357, 3.7757, 3.7391, 3.7475, 3.7904,
  3.6075, 3.6343, 3.6371, 3.6262, 3.6616, 3.8608, 3.7288,
];

// statsmodels 0.13.5: OLS(y, [1, t, t >= 30, max(t - 30, 0)]).fit(), and its get_robustcov_results("HAC", maxlags=3,
// use_correction=False and True, use_t=True)
test.each([
  [
    "level",
    2.965092688172044,
    0.029074482996601727,
    0.03345901869266653,
    0.03463337467380182,
    4.5896640947578046e-61,
  ],
  [
    "trend",
    0.007288320355951136,
    0.0017217203840123412,
    0.0014169852350765164,
    0.0014667190632344004,
    6.689518292195297e-6,
  ],
  [
    "levelChange",
    0.3843290989988868,
    0.04218507740257298,
    0.03343564034100508,
    0.034609175780828186,
    8.947690131995255e-16,
  ],
  [
    "trendChange",
    -0.001433014460511926,
    0.00243488031768447,
    0.0024689780158719758,
    0.002555635043290006,
    0.5772201451134501,
  ],
] as const)(
  "the %s of 60 days is that of statsmodels, with its errors and p-value",
  (name, estimate, ols, hac, corrected, p) => {
    const { n, lag, coefficients, reason } = interruptedTimeSeries(y, { changeAt: 30 });
    expect({ n, lag, reason }).toEqual({ n: [30, 30], lag: 3, reason: null });
    const coefficient = coefficients![name];
    expect(relativeError(coefficient.estimate, estimate)).toBeLessThan(1e-11);
    expect(relativeError(coefficient.olsStandardError, ols)).toBeLessThan(1e-12);
    expect(relativeError(coefficient.hacStandardError, hac)).toBeLessThan(1e-12);
    expect(relativeError(coefficient.standardError, corrected)).toBeLessThan(1e-12);
    expect(relativeError(coefficient.p, p)).toBeLessThan(1e-10);
  },
);

const days = fc.array(
  fc.integer({ min: -800, max: 800 }).map((i) => i / 8),
  { minLength: 20, maxLength: 80 },
);

test("a shift moves the level alone, a scale all but the p-values", () => {
  fc.assert(
    fc.property(days, (values) => {
      const changeAt = 8 + (values.length % 5);
      const plain = interruptedTimeSeries(values, { changeAt }).coefficients;
      fc.pre(plain !== null);
      const shifted = interruptedTimeSeries(
        values.map((value) => value + 2 ** 20),
        { changeAt },
      ).coefficients!;
      const scaled = interruptedTimeSeries(
        values.map((value) => -value * 1024),
        { changeAt },
      ).coefficients!;
      expect(shifted.level.estimate - 2 ** 20).toBeCloseTo(plain.level.estimate, 8);
      for (const name of ["trend", "levelChange", "trendChange"] as const) {
        expect(shifted[name].estimate).toBeCloseTo(plain[name].estimate, 8);
        expect(shifted[name].p).toBeCloseTo(plain[name].p, 7);
        expect(scaled[name].estimate / 1024).toBeCloseTo(-plain[name].estimate, 8);
        expect(scaled[name].p).toBeCloseTo(plain[name].p, 9);
      }
    }),
  );
});

test("a day without a value keeps its place: two lines with gaps are the same two lines", () => {
  const wobble = (t: number) => Math.sin(t * t) / 10;
  const values = Array.from(
    { length: 60 },
    (_, t) => 2 + 0.1 * t + (t < 25 ? 0 : 1 - 0.05 * (t - 25)) + wobble(t),
  );
  const gaps = values.map((value, t) => (t % 7 === 3 ? Number.NaN : value));
  const whole = interruptedTimeSeries(values, { changeAt: 25 });
  const holed = interruptedTimeSeries(gaps, { changeAt: 25 });
  expect(holed).toMatchObject({ dropped: 9, n: [21, 30] });
  for (const name of ["level", "trend", "levelChange", "trendChange"] as const) {
    const { estimate, standardError } = whole.coefficients![name];
    expect(Math.abs(holed.coefficients![name].estimate - estimate)).toBeLessThan(2 * standardError);
  }
});

test("a jump is told from a bend", () => {
  const random = randomSource(3);
  const noise = Array.from({ length: 90 }, () => normalQuantile(random() + 2 ** -33) / 5);
  const jump = interruptedTimeSeries(
    noise.map((value, t) => value + (t < 45 ? 0 : 1)),
    { changeAt: 45 },
  ).coefficients!;
  const bend = interruptedTimeSeries(
    noise.map((value, t) => value + (t < 45 ? 0 : (t - 45) / 20)),
    { changeAt: 45 },
  ).coefficients!;
  expect(jump.levelChange.ci[0]).toBeGreaterThan(0.5);
  expect(jump.trendChange.p).toBeGreaterThan(0.05);
  expect(bend.trendChange.ci[0]).toBeGreaterThan(0.03);
  expect(bend.levelChange.p).toBeGreaterThan(0.05);
});

test("where a day resembles the one before, no change raises half the false alarms it would by least squares", () => {
  const random = randomSource(4);
  const alarms = { hac: 0, ols: 0 };
  for (let run = 0; run < 300; run++) {
    let today = 0;
    const series = Array.from({ length: 200 }, () => {
      today = 0.5 * today + normalQuantile(random() + 2 ** -33);
      return today;
    });
    const { estimate, standardError, olsStandardError } = interruptedTimeSeries(series, {
      changeAt: 100,
    }).coefficients!.levelChange;
    if (Math.abs(estimate) > 1.97 * standardError) alarms.hac++;
    if (Math.abs(estimate) > 1.97 * olsStandardError) alarms.ols++;
  }
  expect(alarms.hac).toBeLessThan(0.6 * alarms.ols);
});

test("too short a side and lines without noise are told, and positions without sense refused", () => {
  const none = { coefficients: null };
  const wavy = Array.from({ length: 30 }, (_, t) => Math.sin(t * t));
  expect(interruptedTimeSeries(wavy, { changeAt: 7 })).toMatchObject({
    ...none,
    n: [7, 23],
    reason: "too_few",
  });
  expect(interruptedTimeSeries(wavy, { changeAt: 23 })).toMatchObject({
    ...none,
    n: [23, 7],
    reason: "too_few",
  });
  expect(interruptedTimeSeries([], { changeAt: 0 })).toMatchObject({ ...none, n: [0, 0], reason: "too_few" });
  expect(interruptedTimeSeries(wavy.fill(0.1), { changeAt: 15 })).toMatchObject({
    ...none,
    reason: "constant",
  });
  const lines = wavy.map((_, t) => (t < 15 ? 0.1 * t : 3 - 0.2 * t));
  expect(interruptedTimeSeries(lines, { changeAt: 15 })).toMatchObject({ ...none, reason: "constant" });
  for (const options of [
    { changeAt: -1 },
    { changeAt: 1.5 },
    { changeAt: 9, lag: -1 },
    { changeAt: 9, confidence: 0 },
  ])
    expect(() => interruptedTimeSeries(wavy, options)).toThrow(
      expect.objectContaining({ code: "INVALID_QUERY" }),
    );
});
