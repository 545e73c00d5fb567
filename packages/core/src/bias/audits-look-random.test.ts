import { expect, test } from "vitest";
import { addValue, emptyMoments } from "../stats/moment-sums.ts";
import { randomSource } from "../stats/random-source.ts";
import { auditsLookRandom } from "./audits-look-random.ts";

interface Request {
  readonly voted: boolean;
  readonly score: number;
}

const looksRandom = (audited: readonly Request[], others: readonly Request[]): boolean => {
  const scores = emptyMoments();
  for (const { score } of others) if (!Number.isNaN(score)) addValue(scores, score);
  return auditsLookRandom(
    audited.map((request, at) => ({ requestId: `req-${at}`, good: 1, verdict: Number.NaN, ...request })),
    { requests: others.length, voted: others.filter(({ voted }) => voted).length, scores },
  );
};
const times = (count: number, request: Request): readonly Request[] =>
  new Array<Request>(count).fill(request);
const [silent, voted] = [
  { voted: false, score: Number.NaN },
  { voted: true, score: Number.NaN },
];

test("audits of voted requests alone do not, from as many as chance would not give once in a thousand times", () => {
  // Fisher's exact test of [[3, 0], [10, 90]]: 0.00162; of [[4, 0], [10, 90]]: 0.000218, by SciPy.
  expect(looksRandom(times(3, voted), [...times(10, voted), ...times(90, silent)])).toBe(true);
  expect(looksRandom(times(4, voted), [...times(10, voted), ...times(90, silent)])).toBe(false);
});

test("audits of other scores do not, where votes alone tell nothing", () => {
  const scored = (from: number, count: number): readonly Request[] =>
    Array.from({ length: count }, (_, at) => ({ voted: false, score: from + (at % 10) / 100 }));
  expect(looksRandom(scored(0.5, 20), scored(0.5, 80))).toBe(true);
  expect(looksRandom(scored(0.3, 20), scored(0.5, 80))).toBe(false);
  // Those without a score say nothing of it.
  expect(looksRandom([...scored(0.5, 20), ...times(9, silent)], scored(0.5, 80))).toBe(true);
});

test("nothing speaks against no audits, nor against audits of everything", () => {
  expect(looksRandom([], times(50, voted))).toBe(true);
  expect(looksRandom(times(50, voted), [])).toBe(true);
});

test("of two thousand random samples hardly any looks otherwise", () => {
  const random = randomSource(5);
  let suspected = 0;
  for (let run = 0; run < 2_000; run++) {
    const requests = Array.from({ length: 300 }, () => ({ voted: random() < 0.1, score: random() ** 2 }));
    if (!looksRandom(requests.slice(0, 60), requests.slice(60))) suspected++;
  }
  // Two tests at 0.001: four are expected, and more than 11 come once in a thousand times.
  expect(suspected).toBeLessThanOrEqual(11);
});
