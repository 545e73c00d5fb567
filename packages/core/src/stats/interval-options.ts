import { requireConfidence } from "../check-options.ts";

export interface IntervalOptions {
  /**
   * How often such an interval contains the truth, between 0 and 1.
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
  requireConfidence(confidence);
  return (1 + confidence) / 2;
}
