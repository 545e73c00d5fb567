/** A share of good outputs, 0 to 1. */
export interface ShareEstimate {
  readonly share: number;
  readonly ci: readonly [number, number];
  /** Requests with a verdict of users, or with an audit, that it comes from. */
  readonly n: number;
}

/** Fewer verdicts, or audits, say next to nothing. */
export const fewestLabels = 5;

/** No share lies outside 0 and 1, though a correction may. */
export const withinShares = (share: number): number => Math.min(1, Math.max(0, share));
