import { mean } from "simple-statistics";

/**
 * The mean of at least one value, to the fifteen significant digits that a double always holds. Means that are
 * equal come out as equal numbers, whatever the order of the additions: the sixteenth digit would break their
 * tie, and move a rank correlation by as much as a percent.
 */
export const stableMean = (values: readonly number[]): number => Number(mean([...values]).toPrecision(15));
