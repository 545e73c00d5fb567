import { HeedError } from "../errors.ts";
import type { Numbers } from "./numbers.ts";

/**
 * The weights as a column of their own; 1 each where none are given.
 *
 * @throws HeedError `INVALID_QUERY` unless there is one for each row, each finite and not negative.
 */
export function requireWeights(weights: Numbers | undefined, rows: number): Float64Array {
  if (weights === undefined) return new Float64Array(rows).fill(1);
  if (weights.length !== rows)
    throw new HeedError("INVALID_QUERY", `the columns differ in length, ${weights.length} and ${rows}`);
  const column = Float64Array.from(weights);
  if (!column.every((weight) => weight >= 0 && weight < Number.POSITIVE_INFINITY))
    throw new HeedError("INVALID_QUERY", "a weight is negative or not finite");
  return column;
}
