/**
 * Whether a sum of squares, and its product with another, is far from overflow and underflow.
 */
export const isSafe = (sumOfSquares: number): boolean => sumOfSquares > 1e-100 && sumOfSquares < 1e100;

/**
 * The values divided by a power of two that brings the largest near 1, which costs no digit; `scale` is that
 * power. For values whose squares would overflow or vanish.
 */
export function safeScale(values: Float64Array): { readonly values: Float64Array; readonly scale: number } {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  const scale = 2 ** Math.min(Math.floor(Math.log2(largest)), 1023);
  return { values: values.map((value) => value / scale), scale };
}
