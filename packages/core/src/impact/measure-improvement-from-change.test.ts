import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { memoryStore } from "../memory-store.ts";
import { measureImprovementFromChange } from "./measure-improvement-from-change.ts";

const day = (date: number): Date => new Date(Date.UTC(2026, 2, date));

/** Scores as they came in, by day of March 2026; a request without a score is undefined. */
const storeOf = async (scores: readonly (readonly [date: number, score: number | undefined])[]) => {
  const store = memoryStore();
  const records = scores.map(([date, score], at) => ({
    requestId: `req-${at}`,
    timestamp: day(date),
    ...(score !== undefined && { evalScores: { overall: score } }),
  }));
  await recordEvaluation(store, records);
  return store;
};

const change = { change: "prompt v2", beforeDate: day(10), afterDate: day(10) };

const before = [0.42, 0.55, 0.61, 0.48, 0.5, 0.39, 0.66, 0.58].map((score) => [9, score] as const);
const after = [0.61, 0.72, 0.55, 0.8, 0.66, 0.7].map((score) => [10, score] as const);

describe("measureImprovementFromChange", () => {
  it("gives SciPy's Welch and Student tests and the interval of the difference", async () => {
    const answer = await measureImprovementFromChange(await storeOf([...before, ...after]), change);
    expect(answer.verdict).toBe("improved");
    if (!("ci" in answer)) return;
    expect(answer).toMatchObject({ level: "request", before: { n: 8 }, after: { n: 6 }, significant: true });
    // scipy.stats.ttest_ind(after, before, equal_var=False) and ttest_ind(after, before); numpy mean, std(ddof=1)
    expect(answer.before.mean).toBeCloseTo(0.52375, 14);
    expect(answer.before.sd).toBeCloseTo(0.09334077351297235, 14);
    expect(answer.after.mean).toBeCloseTo(0.6733333333333333, 14);
    expect(answer.after.sd).toBeCloseTo(0.08755950357709132, 14);
    expect(answer.difference).toBeCloseTo(0.1495833333333334, 14);
    expect(answer.ci[0]).toBeCloseTo(0.042844862083131, 12);
    expect(answer.ci[1]).toBeCloseTo(0.2563218045835358, 12);
    expect(answer.improvementPct).toBeCloseTo((100 * 0.1495833333333334) / 0.52375, 10);
    expect(answer.welch.t).toBeCloseTo(3.074671563374142, 12);
    expect(answer.welch.df).toBeCloseTo(11.294676295577363, 10);
    expect(answer.welch.p).toBeCloseTo(0.01027346034384738, 12);
    expect(answer.student).toMatchObject({ df: 12 });
    expect(answer.student.t).toBeCloseTo(3.044459866510951, 12);
    expect(answer.student.p).toBeCloseTo(0.010189078096835155, 12);
  });

  it("takes before as earlier than beforeDate, after as from afterDate on, and nothing between", async () => {
    const store = await storeOf([
      ...[1, 2, 3, 4].map((date) => [date, date / 10] as const),
      ...[5, 6, 7, 8].map((date) => [date, date / 10] as const),
    ]);
    const answer = await measureImprovementFromChange(store, {
      change: "",
      beforeDate: day(3),
      afterDate: day(7),
    });
    expect(answer).toMatchObject({
      before: { n: 2, mean: 0.15000000000000002 },
      after: { n: 2, mean: 0.75 },
    });
  });

  it("keeps the verdict open when the difference may be chance", async () => {
    const store = await storeOf([...before.map(([, score]) => [11, score] as const), ...before]);
    const answer = await measureImprovementFromChange(store, change);
    expect(answer).toMatchObject({ verdict: "not_significant", difference: 0, significant: false });
  });

  it("counts the requests that had no such score", async () => {
    const store = await storeOf([...before, ...after, [9, undefined], [11, undefined]]);
    expect(await measureImprovementFromChange(store, change)).toMatchObject({ dropped: 2, before: { n: 8 } });
    expect(await measureImprovementFromChange(store, { ...change, score: "tone" })).toMatchObject({
      verdict: "not_enough_data",
      dropped: 16,
    });
  });

  it("says that fewer than two scores a side are not enough", async () => {
    const answer = await measureImprovementFromChange(await storeOf([...before, [10, 0.9]]), change);
    expect(answer).toMatchObject({
      verdict: "not_enough_data",
      change: "prompt v2",
      score: "overall",
      level: "request",
      dropped: 0,
      needed: 2,
      have: { before: 8, after: 1 },
    });
  });

  it("has nothing to test when all values are the same", async () => {
    const constant = await storeOf([9, 9, 10, 10].map((date) => [date, 0.3] as const));
    expect(await measureImprovementFromChange(constant, change)).toMatchObject({
      verdict: "no_variation",
      before: { n: 2, mean: 0.3, sd: 0 },
      after: { n: 2, mean: 0.3, sd: 0 },
      difference: 0,
    });
  });

  it("gives no percentage of a mean of 0, and measures percentages against its size otherwise", async () => {
    const scores = (shift: number) => [
      [9, shift - 0.5] as const,
      [9, shift + 0.5] as const,
      [10, shift + 0.25] as const,
      [10, shift + 1.25] as const,
    ];
    expect(await measureImprovementFromChange(await storeOf(scores(0)), change)).toMatchObject({
      improvementPct: null,
      difference: 0.75,
    });
    // The exact mean of the five is 0; in floating point it comes out as 5.6e-18.
    const nearly = [0.1, 0.2, -0.3, 0.1, -0.1].map((score) => [9, score] as const);
    expect(await measureImprovementFromChange(await storeOf([...nearly, ...after]), change)).toMatchObject({
      improvementPct: null,
    });
    expect(await measureImprovementFromChange(await storeOf(scores(-1)), change)).toMatchObject({
      improvementPct: 75,
    });
  });

  it("flips the sign, and nothing else, when before and after are swapped", async () => {
    const score = fc.double({ min: 0, max: 1, noNaN: true });
    const side = fc.array(score, { minLength: 2, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(side, side, async (first, second) => {
        const measure = async (early: readonly number[], late: readonly number[]) =>
          measureImprovementFromChange(
            await storeOf([...late.map((s) => [11, s] as const), ...early.map((s) => [1, s] as const)]),
            change,
          );
        const [there, back] = [await measure(first, second), await measure(second, first)];
        const mirrored: Readonly<Record<string, string>> = { improved: "worsened", worsened: "improved" };
        expect(there.verdict).toBe(mirrored[back.verdict] ?? back.verdict);
        if (!("welch" in there && "welch" in back)) return;
        // Taken from 0, as the negative of no difference is none, and not -0.
        expect(there.difference).toBe(0 - back.difference);
        expect(there.welch.t).toBe(0 - back.welch.t);
        expect(there.welch.p).toBe(back.welch.p);
        expect(there.ci[0]).toBe(0 - back.ci[1]);
        expect(there.significant).toBe(back.significant);
      }),
      { numRuns: 100 },
    );
  });

  it("refuses an afterDate before the beforeDate, and dates that are none", async () => {
    const refusal = { code: "INVALID_QUERY" };
    const ask = (dates: object) => measureImprovementFromChange(memoryStore(), { ...change, ...dates });
    await expect(ask({ afterDate: day(9) })).rejects.toMatchObject(refusal);
    await expect(ask({ beforeDate: new Date("never") })).rejects.toMatchObject(refusal);
    await expect(ask({ afterDate: undefined })).rejects.toMatchObject(refusal);
  });

  it("refuses numbers of looks, powers and metrics that are none, and a control that is what is measured", async () => {
    const segment = { label: "topic", value: "refunds" };
    for (const options of [
      { looks: 0 },
      { looks: 1.5 },
      { power: 0.05 },
      { power: 1 },
      { confidence: 1 },
      { metric: "clicks" as "score" },
      { adjustFor: "userCohort" as unknown as readonly string[] },
      { segment, control: { ...segment } },
      { since: day(2), until: day(1) },
    ])
      await expect(
        measureImprovementFromChange(memoryStore(), { ...change, ...options }),
      ).rejects.toMatchObject({ code: "INVALID_QUERY" });
  });

  it("takes a request that is in the segment and in the control for one of the control", async () => {
    const store = memoryStore();
    const log = (count: number, date: number, overall: number, metadata: Record<string, string>) =>
      recordEvaluation(
        store,
        Array.from({ length: count }, (_, at) => ({
          requestId: `req-${date}-${Object.values(metadata).join("-")}-${at}`,
          timestamp: day(date),
          evalScores: { overall: overall + at / 10 },
          metadata,
        })),
      );
    for (const date of [9, 10]) {
      await log(3, date, date / 10, { topic: "refunds" });
      await log(4, date, 0.5, { topic: "refunds", plan: "free" });
      await log(5, date, 0.5, { topic: "greetings" });
    }
    const answer = await measureImprovementFromChange(store, {
      ...change,
      segment: { label: "topic", value: "refunds" },
      control: { label: "plan", value: "free" },
    });
    expect(answer).toMatchObject({
      before: { n: 3 },
      after: { n: 3 },
      differenceInDifferences: { control: { before: { n: 4 }, after: { n: 4 } } },
    });
  });
});
