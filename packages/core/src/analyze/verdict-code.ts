/** The codes of verdicts, one list for humans and evaluator: two lists make a low kappa out of a high agreement. */
export const verdictCodes = { bad: 0, neutral: 1, good: 2 } as const;

/** The verdict of a value: bad below `low`, good above `high`, else neutral. */
export const verdictCode = (value: number, low: number, high: number): number =>
  value < low ? verdictCodes.bad : value > high ? verdictCodes.good : verdictCodes.neutral;
