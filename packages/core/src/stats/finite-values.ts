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

/** Nothing but a finite number times 0 is 0; adding up the products needs no branch, and so little time. */
function allFinite(values: Float64Array): boolean {
  const { length } = values;
  let even = 0;
  let odd = 0;
  let i = 0;
  for (; i + 1 < length; i += 2) {
    even += values[i]! * 0;
    odd += values[i + 1]! * 0;
  }
  if (i < length) even += values[i]! * 0;
  return even + odd === 0;
}
