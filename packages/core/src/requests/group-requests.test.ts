import fc from "fast-check";
import { expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { moments } from "../stats/moments.ts";
import { pearson } from "../stats/pearson.ts";
import { collectRequests } from "./collect-requests.ts";
import { groupRequests } from "./group-requests.ts";

const day = (date: number): Date => new Date(Date.UTC(2026, 0, date));

interface Given {
  readonly date: number;
  readonly score: number | undefined;
  readonly rating: number | undefined;
  readonly cohort: string | undefined;
  readonly exposed: boolean;
}

const given: fc.Arbitrary<Given[]> = fc.array(
  fc.record({
    date: fc.integer({ min: 1, max: 9 }),
    score: fc.option(
      fc.integer({ min: 0, max: 20 }).map((tenth) => 1e6 + tenth / 10),
      { nil: undefined },
    ),
    rating: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    cohort: fc.option(fc.constantFrom("new", "old", ""), { nil: undefined }),
    exposed: fc.boolean(),
  }),
  { maxLength: 30 },
);

const storeOf = async (requests: readonly Given[]) => {
  const store = memoryStore();
  for (const [at, { date, score, rating, cohort, exposed }] of requests.entries()) {
    const requestId = `req-${at}`;
    await recordEvaluation(store, {
      requestId,
      timestamp: day(date),
      ...(score !== undefined && { evalScores: { overall: score } }),
      ...(cohort !== undefined && { metadata: { userCohort: cohort } }),
    });
    if (rating !== undefined)
      await recordFeedback(store, { type: "explicit_rating", value: rating, requestId });
    if (exposed)
      await recordFeedback(store, {
        type: "implicit_exposure",
        value: { visibleMs: 1_000, activeMs: 0 },
        requestId,
      });
  }
  return store;
};

const query = {
  by: ["userCohort"],
  score: "overall",
  periods: [day(2), day(5)],
  scoreEdges: [1e6 + 0.5, 1e6 + 1],
};

test("every request from the first period on is in exactly one group, with its votes and scores", async () => {
  await fc.assert(
    fc.asyncProperty(given, async (requests) => {
      const groups = await groupRequests(await storeOf(requests), query);
      for (const { labels, period, scoreBin, ...group } of groups) {
        const own = requests.filter(
          ({ date, score, cohort }) =>
            cohort === labels[0] &&
            (period === 0 ? date >= 2 && date < 5 : date >= 5) &&
            (score === undefined
              ? scoreBin === null
              : scoreBin === Number(score >= 1e6 + 0.5) + Number(score >= 1e6 + 1)),
        );
        const scores = own.flatMap(({ score }) => score ?? []);
        const ratings = own.flatMap(({ rating }) => rating ?? []);
        expect(group).toMatchObject({
          logged: own.length,
          voted: ratings.length,
          exposed: own.filter(({ exposed }) => exposed).length,
          exposedAndVoted: own.filter(({ exposed, rating }) => exposed && rating !== undefined).length,
          liked: ratings.filter((rating) => rating > 3).length,
          disliked: ratings.filter((rating) => rating < 3).length,
          score: { n: scores.length },
          humanScore: { n: ratings.length },
        });
        const expected = moments(scores);
        if (expected.mean !== null) expect(group.score.mean).toBeCloseTo(expected.mean, 8);
        if (expected.sd !== null)
          expect(Math.sqrt(group.score.m2 / (group.score.n - 1))).toBeCloseTo(expected.sd, 7);
      }
      const inPeriods = requests.filter(({ date }) => date >= 2).length;
      expect(groups.reduce((sum, { logged }) => sum + logged, 0)).toBe(inPeriods);
    }),
    { numRuns: 60 },
  );
});

test("the sums of both scores make the correlation of the columns, far from zero too", async () => {
  const store = await storeOf(
    Array.from({ length: 200 }, (_, at) => ({
      date: 3,
      score: 1e6 + ((at * 7919) % 100) / 100,
      rating: 1 + ((at * 31) % 5),
      cohort: "new",
      exposed: false,
    })),
  );
  const [{ both }] = (await groupRequests(store, { score: "overall" })) as [
    Awaited<ReturnType<typeof groupRequests>>[number],
  ];
  const { scores, humanScore } = await collectRequests(store, { scores: ["overall"] });
  expect(both.cXY / Math.sqrt(both.m2X * both.m2Y)).toBeCloseTo(pearson(scores[0]!, humanScore).r!, 9);
});

test("groups come in the order of their labels, those without one last", async () => {
  const store = await storeOf(
    ["old", undefined, "new", ""].map((cohort) => ({
      date: 3,
      score: undefined,
      rating: undefined,
      cohort,
      exposed: false,
    })),
  );
  const groups = await groupRequests(store, { by: ["userCohort"] });
  expect(groups.map(({ labels }) => labels[0])).toEqual(["", "new", "old", undefined]);
});

test("requests that were never logged are in no group", async () => {
  const store = memoryStore();
  await recordFeedback(store, { type: "explicit_rating", value: 5, requestId: "unknown" });
  expect(await groupRequests(store, {})).toEqual([]);
});
