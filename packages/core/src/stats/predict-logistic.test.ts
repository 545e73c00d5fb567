import { expect, test } from "vitest";
import { predictLogistic } from "./predict-logistic.ts";

test("the odds grow by a factor of e with each unit of slope times x, and never leave 0 to 1", () => {
  const curve = { slope: 2, intercept: -1 };
  expect(predictLogistic(curve, 0.5)).toBe(0.5);
  expect(predictLogistic(curve, 1)).toBeCloseTo(Math.E / (1 + Math.E), 15);
  expect([predictLogistic(curve, -1e9), predictLogistic(curve, 1e9)]).toEqual([0, 1]);
});
