/** The values of a column in the given rows. */
export const pick = (column: Float64Array, rows: Uint32Array): Float64Array => {
  const picked = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) picked[at] = column[rows[at]!]!;
  return picked;
};
