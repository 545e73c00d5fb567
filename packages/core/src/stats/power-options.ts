import { HeedError } from "../errors.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";

export interface PowerOptions extends IntervalOptions {
  /**
   * How often a true effect of that size is to be found, above 1 - confidence and below 1.
   * @default 0.8
   */
  readonly power?: number | undefined;
}

/**
 * The probability below the upper critical value of a two-sided test, and its power.
 *
 * @throws HeedError `INVALID_QUERY` unless the confidence lies between 0 and 1, and the power between 1 - confidence,
 * which no effect at all would have, and 1.
 */
export function powerLevels({ power = 0.8, confidence = 0.95 }: PowerOptions): {
  readonly level: number;
  readonly power: number;
} {
  const level = upperLevel({ confidence });
  if (!(power > 1 - confidence && power < 1))
    throw new HeedError("INVALID_QUERY", "power is not between 1 - confidence and 1");
  return { level, power };
}
