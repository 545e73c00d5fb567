import { formatCount } from "./format-number.ts";

/** What could not be counted, and for lack of what, as one sentence. */
export const describeLeftOut = (
  parts: readonly (readonly [count: number, what: string])[],
  noun = "request",
): string => {
  const some = parts.filter(([count]) => count > 0).map(([count, what]) => `${formatCount(count)} ${what}`);
  const capital = noun.charAt(0).toUpperCase() + noun.slice(1);
  return some.length > 0
    ? `${capital}s left out: ${some.join(", ")}.`
    : `No ${noun} of the period was left out.`;
};
