/**
 * Whether all values are equal. Asked of the values, since the mean of equal ones can be off by a rounding.
 */
export const isConstant = (values: Float64Array | readonly number[]): boolean =>
  values.every((value: number) => value === values[0]);
