import { expect, test } from "vitest";
import { addValue, emptyMoments } from "../stats/moment-sums.ts";
import { ppiShare } from "./ppi-share.ts";

const auditsOf = (count: number, told: (at: number) => { readonly good: 0 | 1; readonly score: number }) =>
  Array.from({ length: count }, (_, at) => ({
    requestId: `req-${at}`,
    voted: false,
    verdict: Number.NaN,
    ...told(at),
  }));
const unaudited = (scores: readonly number[], withoutScore = 0) => {
  const sums = emptyMoments();
  for (const score of scores) addValue(sums, score);
  return { scores: sums, withoutScore };
};
/** Nine in ten are good, and the evaluator's score says so. */
const helpful = (count: number) =>
  auditsOf(count, (at) => ({
    good: at % 10 === 0 ? 0 : 1,
    score: (at % 10 === 0 ? 0.1 : 0.8) + (at % 3) / 100,
  }));

test("thirty audits are enough, and one less is not", () => {
  const others = unaudited([0.1, 0.8, 0.8, 0.9]);
  expect(ppiShare(helpful(30), others, {})).toMatchObject({ n: 30 });
  expect(ppiShare(helpful(29), others, {})).toBeNull();
});

test("no share and no end of its interval lies beyond 0 or 1, however far the scores of the others do", () => {
  const others = (score: number) => unaudited(Array.from({ length: 900 }, (_, at) => score + (at % 2) / 100));
  const high = ppiShare(helpful(40), others(3), {})!;
  expect([high.share, high.ci[1]]).toEqual([1, 1]);
  const mirrored = helpful(40).map(({ good, score, ...audit }) => ({
    ...audit,
    good: good === 1 ? (0 as const) : (1 as const),
    score: -score,
  }));
  const low = ppiShare(mirrored, others(-3), {})!;
  expect([low.share, low.ci[0]]).toEqual([0, 0]);
});

test("scores that say the opposite, the same of everything or nothing at all are of no help", () => {
  const others = unaudited([0.1, 0.9, 0.5]);
  const opposite = helpful(40).map((audit) => ({ ...audit, score: 1 - audit.score }));
  expect(ppiShare(opposite, others, {})).toBeNull();
  const same = helpful(40).map((audit) => ({ ...audit, score: 0.5 }));
  expect(ppiShare(same, unaudited([0.5, 0.5]), {})).toBeNull();
  const unscored = helpful(40).map((audit) => ({ ...audit, score: Number.NaN }));
  expect(ppiShare(unscored, unaudited([], 900), {})).toBeNull();
});

test("where every request was audited there is nobody to correct by", () => {
  expect(ppiShare(helpful(40), unaudited([]), {})).toBeNull();
});
