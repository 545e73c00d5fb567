import type { Numbers } from "./numbers.ts";

interface FiniteValues {
  readonly values: Float64Array;
  /** How many were not finite: NaN, infinities, holes. */
  readonly dropped: number;
}

/** The finite values, in order. A Float64Array without others comes back as it is, not copied. */
export function finiteValues(values: Numbers): FiniteValues {
  if (values instanceof Float64Array && allFinite(values)) return { values, dropped: 0 };
  const kept = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isFinite(value)) kept[n++] = value;
  }
  return { values: kept.subarray(0, n), dropped: values.length - n };
}

function allFinite(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return false;
  return true;
}
