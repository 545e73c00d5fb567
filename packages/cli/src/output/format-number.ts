/** A count with its thousands apart: 12,345. */
export const formatCount = (count: number): string => count.toLocaleString("en-US");

/** How many there are of something: `1 request`, `2 requests`. */
export const formatCounted = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;

/** A measured number, to three decimals. */
export const formatNumber = (value: number): string => value.toFixed(3);

/** A number whose sign matters: +0.052. */
export const formatSigned = (value: number): string => (value < 0 ? "" : "+") + formatNumber(value);

/** A p-value: plainly where it is large, by its order of magnitude where it is small. */
export const formatP = (p: number): string =>
  p >= 0.001 ? p.toFixed(3) : p === 0 ? "<1e-300" : p.toExponential(1);

/** An interval: `0.267 to 0.539`. */
export const formatInterval = ([low, high]: readonly [number, number]): string =>
  `${formatNumber(low)} to ${formatNumber(high)}`;
