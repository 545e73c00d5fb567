/** Numbers in order of time; null where one is missing. */
export type Series = readonly (number | null)[] | Float64Array;

/** When a series changed, as far as one of its two cumulative sums says. */
export interface Drift {
  /** Where in the series the alarm went off; null if it did not. */
  readonly alarmAt: number | null;
  /** Where in the series the change began, by the sum that gave the alarm: the point after it was last 0. */
  readonly changeAt: number | null;
  readonly direction: "up" | "down" | null;
  /** The largest value of either sum up to the alarm or the end; null where there is a reason. */
  readonly statistic: number | null;
  /** Points that are numbers. */
  readonly n: number;
  /** Why nothing could be looked at: too few points, or no spread to measure by; null otherwise. */
  readonly reason: "too_few" | "constant" | null;
}

/** A step of the series: how far up it goes from what was expected, and where that was. */
export interface Step {
  readonly at: number;
  readonly excess: number;
}

/**
 * Page's two sums, one for steps up, one for steps down: each adds what exceeds the allowance, never falls below 0,
 * and gives the alarm above the threshold.
 *
 * Source: E. S. Page, "Continuous inspection schemes", Biometrika 41 (1954), 100-115.
 */
export function pageSums(
  steps: readonly Step[],
  allowance: number,
  threshold: number,
): Pick<Drift, "alarmAt" | "changeAt" | "direction" | "statistic"> {
  const sums = { up: 0, down: 0 };
  const starts: Record<"up" | "down", number | null> = { up: null, down: null };
  let statistic = 0;
  for (const { at, excess } of steps) {
    for (const direction of ["up", "down"] as const) {
      const sum = sums[direction] + (direction === "up" ? excess : -excess) - allowance;
      sums[direction] = Math.max(0, sum);
      if (sum <= 0) starts[direction] = null;
      else starts[direction] ??= at;
      statistic = Math.max(statistic, sum);
      if (sum > threshold) return { alarmAt: at, changeAt: starts[direction], direction, statistic: sum };
    }
  }
  return { alarmAt: null, changeAt: null, direction: null, statistic };
}
