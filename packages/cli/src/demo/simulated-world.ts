/** How the simulated history is built: everything that its truth follows from. */
export const world = {
  requests: 6_000,
  days: 28,
  /** How long the story goes on once an evaluator was promoted. */
  sequelDays: 14,
  /** The prompt changes from v1 to v2 at the start of the third week. */
  changeAfterDays: 14,
  /** What the change adds to the quality of every answer, on a scale of 0 to 1. */
  promptEffect: 0.07,
  /** Spreads (standard deviations) of an answer's quality, the judge's error, a user's own view. */
  qualitySpread: 0.15,
  judgeSpread: 0.1,
  viewSpread: 0.15,
  /** Who asks, and how likely each answers when asked for feedback. */
  cohorts: [
    { name: "new", share: 0.5, users: 1_200, answers: 0.03 },
    { name: "regular", share: 0.35, users: 360, answers: 0.08 },
    { name: "power", share: 0.15, users: 75, answers: 0.2 },
  ],
  /** What they ask about, and how good the answers are before the change. */
  topics: [
    { name: "opening hours", share: 0.12, quality: 0.8 },
    { name: "repairs", share: 0.15, quality: 0.62 },
    { name: "orders", share: 0.15, quality: 0.56 },
    { name: "sizing", share: 0.12, quality: 0.68 },
    { name: "parts", share: 0.12, quality: 0.6 },
    { name: "rentals", share: 0.1, quality: 0.74 },
    { name: "warranty", share: 0.1, quality: 0.46 },
    { name: "refunds", share: 0.14, quality: 0.3 },
  ],
  /** The one topic whose answers the judge praises whatever they are worth. */
  overpraised: { topic: "refunds", score: 0.85, spread: 0.04 },
  /** From this score on the judge calls an answer good. */
  judgeThreshold: 0.5,
  /** How good the answers of a person are that an evaluator has handed a request to. */
  personQuality: 0.85,
  /** Of those who give feedback: shares. */
  rate: 0.25,
  changeMind: 0.12,
  retract: 0.06,
  comment: 0.25,
  reason: 0.5,
  implicit: 0.4,
} as const;
