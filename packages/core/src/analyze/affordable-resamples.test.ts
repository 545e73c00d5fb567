import { expect, test } from "vitest";
import { affordableResamples } from "./affordable-resamples.ts";

test("as many samples are drawn as were asked for, while samples times votes stay within 20 million", () => {
  expect(affordableResamples(1_000, 20_000)).toBe(1_000);
  expect(affordableResamples(1_000, 20_001)).toBe(999);
  expect(affordableResamples(0, 5)).toBe(0);
  expect(affordableResamples(2, 5)).toBe(2);
});

test("however many votes there are, 200 are drawn, or the fewer that were asked for", () => {
  expect(affordableResamples(1_000, 1e9)).toBe(200);
  expect(affordableResamples(50, 1e9)).toBe(50);
});

test("numbers of samples that are none are refused, and so is a single sample, which has no spread", () => {
  for (const resamples of [-1, 1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => affordableResamples(resamples, 1)).toThrow(
      expect.objectContaining({ code: "INVALID_QUERY" }),
    );
});
