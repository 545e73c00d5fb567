import { expect, test } from "vitest";
import { expandedPercentiles } from "./expanded-percentiles.ts";

test("on many units it is the interval of the percentiles, on few a wider one", () => {
  const estimates = Array.from({ length: 1001 }, (_, i) => 1000 - i);
  // scipy.stats: 1000 * norm.sf(t.ppf(0.975, n - 1) * sqrt(n / (n - 1))), SciPy 1.10.1
  const [low, high] = expandedPercentiles(estimates, 20, 0.975);
  expect(low).toBeCloseTo(15.880829920349852, 10);
  expect(high).toBeCloseTo(1000 - 15.880829920349852, 10);
  expect(expandedPercentiles(estimates, 1e6, 0.975)[0]).toBeCloseTo(25, 2);
});
