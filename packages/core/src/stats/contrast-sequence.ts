import { confidenceSequenceMargin } from "./confidence-sequence-margin.ts";
import { contrastTest, type WeightedDifference } from "./contrast-test.ts";
import { type IntervalOptions, upperLevel } from "./interval-options.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { pooledSd } from "./pooled-sd.ts";
import { studentQuantile } from "./student-quantile.ts";
import { tightestRho2 } from "./tightest-rho2.ts";

interface SequenceOptions extends IntervalOptions {
  /**
   * How many values a group the interval is to be tightest at. Decide before the first look, and keep to it.
   * @default 500
   */
  readonly optimizedFor?: number | undefined;
}

/**
 * The interval of `contrastTest` that allows for looking again and again while values come in: what
 * `meanDifferenceSequence` is for two groups, for as many as a contrast has. Null where the contrast has no test.
 *
 * The weights must stay what they are from look to look. Its clock counts the values that every group would need,
 * were all of the same size, to know as much.
 *
 * @throws HeedError `INVALID_QUERY` unless `optimizedFor` is above 0 and finite, and the confidence in (0, 1).
 *
 * Source: as for `meanDifferenceSequence`: a contrast has an information, too, and that is all the argument needs.
 *
 * @example
 * const a = { n: 300, dropped: 0, mean: 3.6, sd: 1.1 };
 * const b = { n: 400, dropped: 0, mean: 3.1, sd: 1.2 };
 * contrastSequence([{ weight: 1, a, b }]); // [0.23..., 0.76...]
 */
export function contrastSequence(
  differences: readonly WeightedDifference[],
  { optimizedFor = 500, ...options }: SequenceOptions = {},
): readonly [number, number] | null {
  const rho2 = tightestRho2(optimizedFor, options);
  const { difference, reason } = contrastTest(differences, options);
  if (difference === null || reason !== null) return null;
  const margin = Math.max(
    marginOf(differences, rho2, options),
    marginOf(differences.map(withPooledSd), rho2, options),
  );
  return [difference - margin, difference + margin];
}

function marginOf(
  differences: readonly WeightedDifference[],
  rho2: number,
  options: IntervalOptions,
): number {
  const { standardError, df } = contrastTest(differences, options);
  const sd = differences.reduce(
    (sum, { weight, a, b }) => Math.hypot(sum, weight * Math.hypot(a.sd!, b.sd!)),
    0,
  );
  const n = (sd / standardError!) ** 2;
  const level = upperLevel(options);
  const widening = studentQuantile(level, df!) / normalQuantile(level);
  return confidenceSequenceMargin({ ...options, n, sd: sd * widening, rho2 }) ?? Number.POSITIVE_INFINITY;
}

const withPooledSd = ({ weight, a, b }: WeightedDifference): WeightedDifference => {
  const sd = pooledSd({ n: a.n, sd: a.sd! }, { n: b.n, sd: b.sd! });
  return { weight, a: { ...a, sd }, b: { ...b, sd } };
};
