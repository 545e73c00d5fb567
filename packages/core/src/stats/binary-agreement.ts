/** How often two verdicts fall together; weights count as items do. */
export interface VerdictCounts {
  /** Both say 1. */
  readonly bothOne: number;
  /** The rater says 1, the truth 0. */
  readonly falseOne: number;
  /** The rater says 0, the truth 1. */
  readonly falseZero: number;
  readonly bothZero: number;
}

/**
 * How well verdicts of two kinds agree with the truth: Cohen's kappa, and the balanced accuracy, the mean of the shares
 * of either truth that are met. Null where the table leaves them undefined: no items, one verdict alone on both sides;
 * a truth that does not occur.
 *
 * Source: as for `cohenKappa`; K. H. Brodersen and others, "The balanced accuracy and its posterior distribution", ICPR
 * 2010, 3121-3124.
 *
 * @example
 * binaryAgreement({ bothOne: 20, falseOne: 5, falseZero: 10, bothZero: 15 }); // kappa 0.4, balancedAccuracy 0.708...
 */
export function binaryAgreement({ bothOne, falseOne, falseZero, bothZero }: VerdictCounts) {
  const ones = bothOne + falseZero;
  const zeros = falseOne + bothZero;
  const chance = (bothOne + falseOne) * zeros + ones * (falseZero + bothZero);
  return {
    kappa: chance > 0 ? (2 * (bothOne * bothZero - falseOne * falseZero)) / chance : null,
    balancedAccuracy: ones > 0 && zeros > 0 ? (bothOne / ones + bothZero / zeros) / 2 : null,
  };
}
