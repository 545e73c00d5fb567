import { expect, test } from "vitest";
import { change, storeOf, type Told } from "./fixtures/store-of.ts";
import { measureImprovementFromChange } from "./measure-improvement-from-change.ts";

const adjusted = { ...change, adjustFor: ["topic"] };
const told = (date: number, topic: string | undefined, scores: readonly number[]): readonly Told[] =>
  scores.map((score) => ({ date, score, ...(topic !== undefined && { labels: { topic } }) }));
const measure = async (requests: readonly Told[], options: object = adjusted) => {
  const answer = await measureImprovementFromChange(await storeOf(requests), { ...change, ...options });
  return answer;
};

/** So many scores, evenly from 0.1 below a mean to 0.1 above it. */
const around = (mean: number, n: number): readonly number[] =>
  Array.from({ length: n }, (_, at) => mean - 0.1 + (0.2 * at) / (n - 1));

test("a shift of traffic to an easier topic is an improvement to the plain comparison, and none to the adjusted", async () => {
  const requests = [
    ...told(9, "refunds", around(0.5, 80)),
    ...told(9, "greetings", around(0.9, 20)),
    ...told(10, "refunds", around(0.5, 20)),
    ...told(10, "greetings", around(0.9, 80)),
  ];
  expect(await measure(requests, {})).toMatchObject({ verdict: "improved", basis: "welch" });
  const answer = await measure(requests);
  expect(answer).toMatchObject({ verdict: "not_significant", basis: "mix_adjusted", significant: false });
  if (!("mixAdjustment" in answer) || !answer.mixAdjustment) throw new Error(answer.verdict);
  const { difference, mixShift, leftOut, leftOutShare } = answer.mixAdjustment;
  // The mix moves 60 % of all requests by 0.4.
  expect(mixShift).toBeCloseTo(0.24, 12);
  expect(difference + mixShift).toBeCloseTo(answer.difference, 14);
  expect([leftOut, leftOutShare]).toEqual([[], 0]);
});

test("the adjusted difference is the mean of the differences, weighted by the shares before, with its interval", async () => {
  const answer = await measure([
    ...told(9, "a", [1, 2, 3, 2, 1, 3]),
    ...told(9, "b", [5, 7]),
    ...told(10, "a", [3, 4]),
    ...told(10, "b", [6, 7, 8, 9, 6, 6, 7, 7]),
  ]);
  // numpy: .75 * (mean(aAfter) - mean(aBefore)) + .25 * (the same of b), and scipy.stats.t by Satterthwaite
  expect(answer).toMatchObject({ mixAdjustment: { adjustFor: ["topic"] } });
  if (!("mixAdjustment" in answer) || !answer.mixAdjustment) throw new Error(answer.verdict);
  const { difference, ci, df, p } = answer.mixAdjustment;
  expect(difference).toBeCloseTo(1.375, 12);
  expect(df).toBeCloseTo(3.320156991843189, 10);
  expect(p).toBeCloseTo(0.07477524774651469, 10);
  expect(ci![0]).toBeCloseTo(-0.24072773739762354, 10);
  expect(ci![1]).toBeCloseTo(2.9907277373976235, 10);
});

test("cells that one side lacks are named and left out, the largest first, with the share of before that they cover", async () => {
  const answer = await measure([
    ...told(9, "a", [1, 2, 3, 4, 2, 3]),
    ...told(9, "gone", [9, 9, 8]),
    ...told(9, undefined, [1]),
    ...told(10, "a", [2, 3, 4]),
    ...told(10, "new", [9, 8]),
    ...told(10, undefined, [1, 2, 3]),
  ]);
  expect(answer).toMatchObject({
    mixAdjustment: {
      difference: 0.5,
      leftOut: [
        { labels: [undefined], before: 1, after: 3 },
        { labels: ["gone"], before: 3, after: 0 },
        { labels: ["new"], before: 0, after: 2 },
      ],
    },
  });
  expect("mixAdjustment" in answer && answer.mixAdjustment?.leftOutShare).toBeCloseTo(0.4, 14);
});

test("requests without a label are a kind of their own", async () => {
  const answer = await measure([
    ...told(9, undefined, [1, 2, 3]),
    ...told(9, "undefined", [7, 8]),
    ...told(10, undefined, [2, 3, 4]),
    ...told(10, "undefined", [8, 9]),
  ]);
  expect(answer).toMatchObject({ mixAdjustment: { leftOut: [] } });
  expect("mixAdjustment" in answer && answer.mixAdjustment?.difference).toBeCloseTo(1, 14);
});

test("several labels are adjusted for together", async () => {
  const of = (date: number, model: string, topic: string, scores: readonly number[]) =>
    scores.map((score) => ({ date, score, labels: { family: model, topic } }));
  const requests = [
    ...of(9, "s", "x", [1, 2]),
    ...of(9, "l", "y", [5, 6]),
    ...of(10, "s", "y", [1, 2]),
    ...of(10, "l", "x", [5, 6]),
  ];
  expect(await measure(requests, { adjustFor: ["topic"] })).toHaveProperty("mixAdjustment");
  expect(await measure(requests, { adjustFor: ["topic", "family"] })).toMatchObject({
    verdict: "no_overlap",
    difference: 0,
    leftOut: [{ labels: ["x", "l"] }, { labels: ["x", "s"] }, { labels: ["y", "l"] }, { labels: ["y", "s"] }],
  });
});

test("where every request has the same label, nothing is adjusted", async () => {
  const requests = [...told(9, "a", around(0.5, 30)), ...told(10, "a", around(0.6, 40))];
  const [plain, answer] = [await measure(requests, {}), await measure(requests)];
  if (!("ci" in plain) || !("mixAdjustment" in answer) || !answer.mixAdjustment) throw new Error();
  expect(answer.verdict).toBe(plain.verdict);
  expect(answer.mixAdjustment.mixShift).toBeCloseTo(0, 14);
  expect(answer.mixAdjustment.ci![0]).toBeCloseTo(plain.ci[0], 12);
  expect(answer.mixAdjustment.ci![1]).toBeCloseTo(plain.ci[1], 12);
});

test("cells that never vary leave nothing to test, whatever the mix did", async () => {
  expect(
    await measure([
      ...told(9, "a", [1, 1, 1]),
      ...told(9, "b", [5, 5]),
      ...told(10, "a", [1, 1]),
      ...told(10, "b", [5, 5, 5, 5]),
    ]),
  ).toMatchObject({
    verdict: "no_variation",
    basis: "mix_adjusted",
    mixAdjustment: { difference: 0, ci: null },
  });
});
