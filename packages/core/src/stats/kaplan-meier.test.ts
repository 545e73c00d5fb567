import fc from "fast-check";
import { expect, test } from "vitest";
import { relativeError } from "./fixtures/relative-error.ts";
import { kaplanMeier, waitingTime } from "./kaplan-meier.ts";

// Weeks of remission in leukaemia, with 6-mercaptopurine and with placebo: E. J. Freireich et al., Blood 21 (1963), 699-716.
const treated = {
  weeks: [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35],
  ended: [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0],
};
const placebo = {
  weeks: [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23],
  ended: new Array<number>(21).fill(1),
};

// scipy 1.17.1: r = ecdf(CensoredData(uncensored, right=censored)).sf, r.confidence_interval(c, method="log-log").
const points: readonly (readonly [
  typeof treated,
  number,
  readonly (readonly [number, number, number, number])[],
])[] = [
  [
    treated,
    0.95,
    [
      [6, 0.8571428571428571, 0.6197179552659838, 0.951551747646997],
      [7, 0.8067226890756302, 0.5631465646222333, 0.9228090192028804],
      [10, 0.7529411764705881, 0.5031995107999564, 0.8893618351692655],
      [13, 0.6901960784313724, 0.43161022248618397, 0.8490659633494507],
      [16, 0.6274509803921567, 0.36751085598750205, 0.8049121894718412],
      [22, 0.53781512605042, 0.26777893676713505, 0.7467907176353944],
      [23, 0.4481792717086834, 0.18805200595923235, 0.6801426284952414],
    ],
  ],
  [
    treated,
    0.9,
    [
      [6, 0.8571428571428571, 0.6711067805921728, 0.9421594057201214],
      [23, 0.4481792717086834, 0.2264620882450108, 0.6481135841402934],
    ],
  ],
  [
    placebo,
    0.95,
    [
      [1, 0.9047619047619048, 0.6700458822350336, 0.9752941490381125],
      [4, 0.6666666666666667, 0.4253504355652472, 0.8250440087973402],
      [8, 0.38095238095238093, 0.18306654882039433, 0.5777886777458309],
      [11, 0.2857142857142857, 0.11656132643676466, 0.4818196480090255],
      [22, 0.04761904761904767, 0.003324463042531181, 0.19704490569894628],
    ],
  ],
];

test.each(points)(
  "the remissions %o have scipy's curve and its intervals at %d",
  (data, confidence, rows) => {
    const curve = kaplanMeier(data.weeks, data.ended, { confidence });
    for (const [week, ...expected] of rows) {
      const at = curve.times.indexOf(week);
      const found = [curve.survival[at]!, curve.low[at]!, curve.high[at]!];
      for (const [column, value] of expected.entries())
        expect(relativeError(found[column]!, value)).toBeLessThan(1e-12);
    }
  },
);

test("only moments at which a wait ended are steps, and after the last of all nobody waits", () => {
  expect([...kaplanMeier(treated.weeks, treated.ended).times]).toEqual([6, 7, 10, 13, 16, 22, 23]);
  const { survival, low, high, n, ended } = kaplanMeier(placebo.weeks, placebo.ended);
  expect({ n, ended, last: survival.at(-1) }).toEqual({ n: 21, ended: 21, last: 0 });
  expect([low.at(-1), high.at(-1)]).toEqual([Number.NaN, Number.NaN]);
});

// As published of these data, with the interval on the scale of log(-log): Stata's `stci`, SAS's `proc lifetest`.
test("the median remission is 23 weeks from 13 on with treatment, 8 from 4 to 11 without", () => {
  expect(waitingTime(kaplanMeier(treated.weeks, treated.ended), 0.5)).toEqual({ value: 23, ci: [13, null] });
  expect(waitingTime(kaplanMeier(placebo.weeks, placebo.ended), 0.5)).toEqual({ value: 8, ci: [4, 11] });
});

test("a share that the curve does not come down to takes nobody knows how long", () => {
  expect(waitingTime(kaplanMeier(treated.weeks, treated.ended), 0.9).value).toBeNull();
  expect(waitingTime(kaplanMeier([3, 4], [0, 0]), 0.5)).toEqual({ value: null, ci: [null, null] });
  expect(waitingTime(kaplanMeier([], []), 0.5)).toEqual({ value: null, ci: [null, null] });
});

const weeks = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 });

test("where all waits ended, the curve is the share that took longer, and the median is the median", () => {
  fc.assert(
    fc.property(weeks, (durations) => {
      const curve = kaplanMeier(
        durations,
        durations.map(() => 1),
      );
      for (const [at, time] of curve.times.entries()) {
        const longer = durations.filter((duration) => duration > time).length / durations.length;
        expect(curve.survival[at]).toBeCloseTo(longer, 12);
      }
      const rising = durations.toSorted((a, b) => a - b);
      const half = (rising.length - 1) / 2;
      const median = (rising[Math.floor(half)]! + rising[Math.ceil(half)]!) / 2;
      expect(waitingTime(curve, 0.5).value).toBe(median);
    }),
  );
});

test("a wait that goes on never makes the median shorter than leaving it out", () => {
  fc.assert(
    fc.property(weeks, weeks, (done, open) => {
      const ofDone = kaplanMeier(
        done,
        done.map(() => 1),
      );
      const ofAll = kaplanMeier([...done, ...open], [...done.map(() => 1), ...open.map(() => 0)]);
      const [without, withOpen] = [waitingTime(ofDone, 0.5).value!, waitingTime(ofAll, 0.5).value];
      expect(withOpen ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(without);
    }),
  );
});

test("the order of the waits makes no difference, and those that are no number are left out", () => {
  const reversed = kaplanMeier(treated.weeks.toReversed(), treated.ended.toReversed());
  expect(reversed).toEqual(kaplanMeier(treated.weeks, treated.ended));
  const more = kaplanMeier([...treated.weeks, Number.NaN], [...treated.ended, 1]);
  expect(more).toEqual({ ...reversed, dropped: 1 });
});

test("what is no duration, no end, no share and no confidence is refused", () => {
  const refused = expect.objectContaining({ code: "INVALID_QUERY" });
  expect(() => kaplanMeier([-1], [1])).toThrow(refused);
  expect(() => kaplanMeier([1], [2])).toThrow(refused);
  expect(() => kaplanMeier([1, 2], [1])).toThrow(refused);
  expect(() => kaplanMeier([1], [1], { confidence: 1 })).toThrow(refused);
  for (const share of [0, 1, Number.NaN])
    expect(() => waitingTime(kaplanMeier([1], [1]), share)).toThrow(refused);
});
