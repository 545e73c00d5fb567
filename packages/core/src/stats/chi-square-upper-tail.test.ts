import { expect, test } from "vitest";
import { chiSquareUpperTail } from "./chi-square-upper-tail.ts";
import { chiSquarePoints } from "./fixtures/gamma-points.ts";
import { relativeError } from "./fixtures/relative-error.ts";
import { normalUpperTail } from "./normal-upper-tail.ts";

test.each(chiSquarePoints)(
  "beyond %d with %d degrees of freedom lies what mpmath says, to 1e-11",
  (x, df, p) => {
    const actual = chiSquareUpperTail(x, df);
    if (p < 1e-300) expect(actual).toBeLessThan(1e-300);
    else expect(relativeError(actual, p)).toBeLessThan(1e-11);
  },
);

test("with one degree of freedom it is the two-sided tail of the normal distribution", () => {
  for (const z of [0.1, 1, 1.96, 5, 20, 37])
    expect(relativeError(chiSquareUpperTail(z * z, 1), 2 * normalUpperTail(z))).toBeLessThan(1e-12);
});

test("outside its domain it has no value", () => {
  for (const [x, df] of [
    [-1, 1],
    [1, 0],
    [Number.NaN, 1],
  ] as const)
    expect(chiSquareUpperTail(x, df)).toBeNaN();
});
