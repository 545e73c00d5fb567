import { expect, test } from "vitest";
import {
  formatCount,
  formatCounted,
  formatHumanDifference,
  formatInterval,
  formatLevel,
  formatP,
  formatPercent,
  formatPercentInterval,
  formatPoints,
  formatPointsInterval,
  formatSigned,
  intervalHeading,
} from "./format-number.ts";

test("counts have their thousands apart", () => {
  expect([0, 999, 1_000, 1_234_567].map(formatCount)).toEqual(["0", "999", "1,000", "1,234,567"]);
  expect([0, 1, 1_000].map((count) => formatCounted(count, "request"))).toEqual([
    "0 requests",
    "1 request",
    "1,000 requests",
  ]);
});

test("p-values are never shown as 0", () => {
  expect([1, 0.05, 0.001, 0.000_999, 2.1e-57, 0].map(formatP)).toEqual([
    "1.000",
    "0.050",
    "0.001",
    "1.0e-3",
    "2.1e-57",
    "<1e-300",
  ]);
});

test("differences show their sign, intervals both ends", () => {
  expect([0.0521, -0.0521, 0].map(formatSigned)).toEqual(["+0.052", "-0.052", "+0.000"]);
  expect(formatInterval([-0.1, 0.25])).toBe("-0.100 to 0.250");
});

test("shares are percent, and their differences are percentage points with a sign", () => {
  expect([0, 0.0689, 1].map(formatPercent)).toEqual(["0.0 %", "6.9 %", "100.0 %"]);
  expect(formatPercentInterval([0.0512, 0.0918])).toBe("5.1 to 9.2 %");
  expect([0.012, -0.008].map(formatPoints)).toEqual(["+1.2 pp", "-0.8 pp"]);
  expect(formatPointsInterval([-0.031, 0.014])).toBe("-3.1 to +1.4 pp");
});

test("differences of human scores have a sign", () => {
  expect([0.344, -1.2].map(formatHumanDifference)).toEqual(["+0.34", "-1.20"]);
});

test("levels have as many decimals as they were given with", () => {
  expect([0.95, 0.8, 0.999, 0.07].map(formatLevel)).toEqual(["95 %", "80 %", "99.9 %", "7 %"]);
  expect([intervalHeading(), intervalHeading(0.9)]).toEqual(["95 % interval", "90 % interval"]);
});
