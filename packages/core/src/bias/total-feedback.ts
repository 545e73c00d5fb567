/** How many requests there are, and how many of them have a standing vote. */
export interface FeedbackCount {
  readonly requests: number;
  readonly withFeedback: number;
}

/** The counts of all together. */
export const totalFeedback = (counts: readonly FeedbackCount[]): FeedbackCount => ({
  requests: counts.reduce((sum, { requests }) => sum + requests, 0),
  withFeedback: counts.reduce((sum, { withFeedback }) => sum + withFeedback, 0),
});
