/** A vector brought to length 1; one of nothing but zeros stays as it is. */
export const unitVector = (vector: ArrayLike<number>): Float64Array => {
  const values = Float64Array.from(vector);
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
  return values.map((value) => value / length);
};
