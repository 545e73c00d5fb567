import { meanDifferenceSequence } from "../../stats/mean-difference-sequence.ts";
import { moments } from "../../stats/moments.ts";

/** A metric that must not get worse, of two arms, candidate minus baseline. */
export interface GuardComparison {
  /** The name of an automatic score, of which more is better; or `discardRate`, of which less is. */
  readonly guard: string;
  /** Requests that have the metric. */
  readonly candidate: { readonly n: number; readonly mean: number | null };
  readonly baseline: { readonly n: number; readonly mean: number | null };
  readonly difference: number | null;
  /** Holds at every look, each end with probability 1 - `alpha`; null without enough requests. */
  readonly ci: readonly [low: number, high: number] | null;
  /** What this guard may spend: the alpha of all of them, divided evenly. */
  readonly alpha: number;
  readonly finding: "worse" | "not_worse";
}

/** The guard that is no automatic score. */
export const discardRate = "discardRate";

/** Compares one guard metric so that one may look as often as one likes. */
export const compareGuard = (
  guard: string,
  candidate: Float64Array,
  baseline: Float64Array,
  { alpha, smallest }: { readonly alpha: number; readonly smallest: number },
): GuardComparison => {
  const [a, b] = [moments(candidate), moments(baseline)];
  const sequence = meanDifferenceSequence(a, b, { confidence: 1 - 2 * alpha });
  const { difference } = sequence;
  const isEnough = Math.min(a.n, b.n) >= smallest;
  // So many values that are all the same on each side leave no doubt about either mean.
  const known = sequence.reason === "constant" ? ([difference!, difference!] as const) : sequence.ci;
  const ci = isEnough ? known : null;
  const isWorse = ci !== null && (guard === discardRate ? ci[0] > 0 : ci[1] < 0);
  return {
    guard,
    candidate: { n: a.n, mean: a.mean },
    baseline: { n: b.n, mean: b.mean },
    difference,
    ci,
    alpha,
    finding: isWorse ? "worse" : "not_worse",
  };
};
