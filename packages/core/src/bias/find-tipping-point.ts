/** What those who said nothing would have to think for the conclusion to turn. */
export interface TippingPoint {
  /** The share of good outputs that parts one conclusion from the other. */
  readonly target: number;
  /** Share of the requests with a verdict of users; those of the others say nothing, or nothing clear. */
  readonly responseRate: number;
  /** Requests without a verdict. */
  readonly silent: number;
  /** The share of good outputs over all, if every silent one were bad, and if every one were good (Manski's bounds). */
  readonly bounds: readonly [number, number];
  /**
   * The share of good outputs among the silent at which the share over all is the target; null where none makes it so,
   * as both bounds lie on one side of it, or nobody is silent.
   */
  readonly silentShare: number | null;
  /** What the estimate takes the silent to think, 0 to 1; null where nobody is silent. */
  readonly silentShareByEstimate: number | null;
}

/**
 * Finds how unhappy the silent would have to be to overturn a conclusion from those who spoke.
 *
 * Source: C. F. Manski, "Nonparametric bounds on treatment effects", American Economic Review 80 (1990), 319-323.
 */
export const findTippingPoint = (
  { requests, good, bad }: { readonly requests: number; readonly good: number; readonly bad: number },
  { target, estimate }: { readonly target: number; readonly estimate: number },
): TippingPoint => {
  const silent = requests - good - bad;
  /** The share among the silent with which the share over all is the given one. */
  const silentShareFor = (share: number): number => (share * requests - good) / silent;
  const atTarget = silentShareFor(target);
  return {
    target,
    responseRate: (good + bad) / requests,
    silent,
    bounds: [good / requests, (good + silent) / requests],
    silentShare: silent > 0 && atTarget >= 0 && atTarget <= 1 ? atTarget : null,
    silentShareByEstimate: silent > 0 ? Math.min(1, Math.max(0, silentShareFor(estimate))) : null,
  };
};
