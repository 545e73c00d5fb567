import { HeedError } from "../errors.ts";

export interface IntervalOptions {
  /**
   * How often the interval is to contain the truth, between 0 and 1.
   * @default 0.95
   */
  readonly confidence?: number | undefined;
}

/**
 * The probability below the upper end of a two-sided interval: 0.975 for the usual 95 %.
 *
 * @throws HeedError `INVALID_QUERY` unless the confidence lies between 0 and 1.
 */
export function upperLevel({ confidence = 0.95 }: IntervalOptions): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new HeedError("INVALID_QUERY", "the confidence must lie between 0 and 1");
  }
  return (1 + confidence) / 2;
}
