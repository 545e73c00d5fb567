import type { Codes } from "./codes.ts";
import type { Numbers } from "./numbers.ts";
import { type Calibration, rake } from "./rake.ts";

export interface Strata {
  /** For each row its stratum, a place in `population`. */
  readonly stratum: Codes;
  /** How many of the population are in each stratum, as counts or shares. */
  readonly population: Numbers;
  /**
   * What each row counts before.
   * @default 1 each
   */
  readonly weights?: Numbers | undefined;
}

/**
 * Post-stratification: weights with which each stratum of a sample counts for as much as it has of the population.
 * It is raking to a single margin; a stratum of the population without rows leaves no weights, and is told in `empty`.
 *
 * @throws HeedError `INVALID_QUERY`, as `rake`.
 *
 * Source: D. Holt, T. M. F. Smith, "Post Stratification", Journal of the Royal Statistical Society A 142 (1979),
 * 33-46.
 *
 * @example
 * postStratify({ stratum: [0, 0, 0, 1], population: [60, 40] }).weights; // [20, 20, 20, 40]
 */
export function postStratify({ stratum, population, weights }: Strata): Calibration {
  return rake([{ code: stratum, population }], { weights });
}
