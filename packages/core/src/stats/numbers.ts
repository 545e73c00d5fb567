/** A column of numbers, as every function here takes it. */
export type Numbers = readonly number[] | Float64Array;
