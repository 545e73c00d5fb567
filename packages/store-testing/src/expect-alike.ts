import { expect } from "vitest";

/** Adding in another order is all that an engine may do otherwise: it changes the last digits of sums. */
const tolerance = 1e-9;

const isClose = (a: number, b: number): boolean =>
  Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));

/** What is expected, with the numbers that were found where these are the same but for rounding. */
const roundedTo = (expected: unknown, found: unknown): unknown => {
  if (typeof expected === "number" && typeof found === "number")
    return isClose(expected, found) ? found : expected;
  if (typeof expected !== "object" || expected === null || expected instanceof Date) return expected;
  const inFound = (key: string | number): unknown =>
    (found as Record<string, unknown> | null | undefined)?.[key];
  if (Array.isArray(expected)) return expected.map((inner, at) => roundedTo(inner, inFound(at)));
  return Object.fromEntries(
    Object.entries(expected).map(([key, inner]) => [key, roundedTo(inner, inFound(key))]),
  );
};

/** Expects plain data to be deeply equal, but for the rounding of numbers. */
export const expectAlike = (found: unknown, expected: unknown, message?: string): void =>
  expect(found, message).toEqual(roundedTo(expected, found));
