import { nearMean } from "./near-mean.ts";
import type { Numbers } from "./numbers.ts";

interface FiniteValues {
  readonly values: Float64Array;
  /** How many were not finite: NaN, infinities, holes. */
  readonly dropped: number;
  /** That of `nearMean`: what tells whether all are finite gives it for nothing. */
  readonly nearMean: number;
}

/** The finite values, in order. A Float64Array without others comes back as it is, not copied. */
export function finiteValues(values: Numbers): FiniteValues {
  if (values instanceof Float64Array) {
    const mean = nearMean(values);
    if (Number.isFinite(mean)) return { values, dropped: 0, nearMean: mean };
  }
  const kept = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isFinite(value)) kept[n++] = value;
  }
  const finite = kept.subarray(0, n);
  return { values: finite, dropped: values.length - n, nearMean: nearMean(finite) };
}
