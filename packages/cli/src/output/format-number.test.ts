import { expect, test } from "vitest";
import { formatCount, formatCounted, formatInterval, formatP, formatSigned } from "./format-number.ts";

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
