import { HeedError } from "../errors.ts";

/** Votes times samples: about a quarter of a second. */
const budget = 20_000_000;

/** The ends of a 95 % interval rest on the outer 5 of each side; fewer would be a guess. */
const fewest = 200;

/**
 * How many samples of so many votes to draw: those asked for, unless that takes more than 20 million votes in all;
 * then as many as fit, though never under 200.
 *
 * @throws HeedError `INVALID_QUERY` unless the samples are a whole number: 0 for none, else above 1, as one has no spread.
 */
export const affordableResamples = (resamples: number, votes: number): number => {
  if (!(Number.isSafeInteger(resamples) && resamples >= 0 && resamples !== 1))
    throw new HeedError("INVALID_QUERY", "resamples is neither 0 nor a whole number above 1");
  return Math.min(resamples, Math.max(fewest, Math.floor(budget / votes)));
};
