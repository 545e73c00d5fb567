/** The scores that stand for 1 and 5 on the human scale. */
type ScoreRange = readonly [low: number, high: number];

/**
 * How far an automatic score, brought to the human scale, is above the human score: points of 1 to 5, NaN where either is.
 * To twelve digits after the point, since equal gaps of different scores differ in the sixteenth digit, which would be
 * taken for a spread; and never -0, which is no gap of another kind.
 */
export const gapOf = (score: number, human: number, [low, high]: ScoreRange): number =>
  Math.round((1 + (4 * (score - low)) / (high - low) - human) * 1e12) / 1e12 + 0;
