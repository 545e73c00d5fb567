import { linearisedMean, type WeightedMean, type WeightedMeanOptions } from "./linearised-mean.ts";
import type { Numbers } from "./numbers.ts";
import type { Calibrated } from "./rake.ts";

/**
 * The mean of values with the weights of `postStratify` or `rake`. It is surer than `hajekMean` takes it to be: only
 * what the strata or margins leave unexplained can go wrong, so the standard error is that of the residuals.
 *
 * @throws HeedError `INVALID_QUERY`, as `hajekMean`.
 *
 * Source: J.-C. Deville, C.-E. Särndal, O. Sautory, "Generalized raking procedures in survey sampling", Journal of the
 * American Statistical Association 88 (1993), 1013-1020; as R's `survey`, without a finite population correction.
 *
 * @example
 * const calibration = postStratify({ stratum: [0, 0, 1, 1], population: [60, 40] });
 * if (calibration.weights) calibratedMean([4, 5, 1, 2], calibration).mean; // 3.3
 */
export function calibratedMean(
  values: Numbers,
  calibration: Pick<Calibrated, "weights" | "margins" | "initialWeights">,
  options: WeightedMeanOptions = {},
): WeightedMean {
  return linearisedMean(values, calibration.weights, options, calibration);
}
