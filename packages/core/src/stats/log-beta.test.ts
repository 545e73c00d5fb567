import { expect, test } from "vitest";
import { relativeError } from "./fixtures/relative-error.ts";
import { logBeta } from "./log-beta.ts";

// mpmath.log(mpmath.beta(a, b))
test.each([
  [0.5, 0.5, Math.log(Math.PI)],
  [3, 9.5, -6.351866910579232],
  [0.5, 1e6, -6.335390211057437],
  [2000, 3000, -3367.684382153188],
])("the logarithm of beta(%d, %d) is right to 1e-13, either way round", (a, b, value) => {
  expect(relativeError(logBeta(a, b), value)).toBeLessThan(1e-13);
  expect(logBeta(b, a)).toBe(logBeta(a, b));
});
