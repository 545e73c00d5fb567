/** A count with its thousands apart: 12,345. */
export const formatCount = (count: number): string => count.toLocaleString("en-US");

/** How many there are of something: `1 request`, `2 requests`. */
export const formatCounted = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;

/** A measured number, to three decimals. */
export const formatNumber = (value: number): string => value.toFixed(3);

/** A number whose sign matters: +0.052. */
export const formatSigned = (value: number): string => `${signOf(value)}${formatNumber(value)}`;

/** A p-value: plainly where it is large, by its order of magnitude where it is small. */
export const formatP = (p: number): string =>
  p >= 0.001 ? p.toFixed(3) : p === 0 ? "<1e-300" : p.toExponential(1);

/** An interval: `0.267 to 0.539`. */
export const formatInterval = ([low, high]: readonly [number, number]): string =>
  `${formatNumber(low)} to ${formatNumber(high)}`;

/** A share as percent: `6.9 %`. */
export const formatPercent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** An interval of a share as percent: `5.1 to 9.2 %`. */
export const formatPercentInterval = ([low, high]: readonly [number, number]): string =>
  `${(100 * low).toFixed(1)} to ${formatPercent(high)}`;

/** A difference of two shares, in percentage points: `-0.8 pp`. */
export const formatPoints = (difference: number): string =>
  `${signOf(difference)}${(100 * difference).toFixed(1)} pp`;

/** An interval of a difference of two shares: `-3.1 to +1.4 pp`. */
export const formatPointsInterval = ([low, high]: readonly [number, number]): string =>
  `${signOf(low)}${(100 * low).toFixed(1)} to ${formatPoints(high)}`;

/** What users say, on their scale of 1 to 5: `3.54`. */
export const formatHumanScore = (score: number): string => score.toFixed(2);

/** A difference on that scale: `+0.34`. */
export const formatHumanDifference = (difference: number): string =>
  `${signOf(difference)}${formatHumanScore(difference)}`;

/** A level that somebody chose, as percent, with no more decimals than it has: `95 %`. */
export const formatLevel = (level: number): string => `${+(100 * level).toFixed(4)} %`;

/** What an interval is called, by its confidence: `95 % interval`. */
export const intervalHeading = (confidence = 0.95): string => `${formatLevel(confidence)} interval`;

const signOf = (value: number): string => (value < 0 ? "" : "+");
