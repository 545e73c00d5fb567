import fc from "fast-check";
import { expect, test } from "vitest";
import { relativeError } from "./fixtures/relative-error.ts";
import { studentPower } from "./student-power.ts";

// statsmodels.stats.power.TTestIndPower().power(d, n, alpha), 0.13.5
test.each([
  [0.2, 393.4, 0.95, 0.799994308955513],
  [0.5, 64, 0.95, 0.8014595579287103],
  [1.2, 5, 0.99, 0.14772829842981003],
  [0.1, 50, 0.95, 0.07852398769118372],
  [-0.3, 100, 0.9, 0.6806256854945327],
  [3, 2, 0.95, 0.38740012850547967],
  [0.2, 393.4056930002516, 0.95, 0.7999999979819449],
  [0.17735842172853922, 500, 0.95, 0.8000004396160441],
] as const)(
  "an effect of %d with %d values a group is found as statsmodels says",
  (d, n, confidence, power) => {
    expect(relativeError(studentPower(d, n, { confidence }), power)).toBeLessThan(1e-9);
  },
);

test("no effect is found as often as a false alarm is allowed", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 1000 }),
      fc.double({ min: 0.5, max: 0.999, noNaN: true }),
      (n, confidence) => {
        expect(studentPower(0, n, { confidence })).toBeCloseTo(1 - confidence, 11);
      },
    ),
  );
});

test("one value a group finds nothing, ever", () => {
  expect(studentPower(1, 1)).toBeNull();
  expect(studentPower(1, Number.NaN)).toBeNull();
  expect(() => studentPower(1, 10, { confidence: 1 })).toThrow(
    expect.objectContaining({ code: "INVALID_QUERY" }),
  );
});
