import { expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { randomSource } from "../stats/random-source.ts";
import { type DriftOptions, detectDrift } from "./detect-drift.ts";

const dayMs = 24 * 60 * 60 * 1000;
const start = Date.UTC(2026, 0, 1);

interface World {
  readonly seed: number;
  readonly days: number;
  /** Requests a day, from 5 to twice as many. */
  readonly perDay?: number;
  readonly scoreOn?: (day: number) => number;
  readonly ratingOn?: (day: number) => number;
  readonly rateOn?: (day: number) => number;
}

/** Days of requests of a score with a spread of about 0.29, and votes on some of them. */
const storeOf = async (world: World) => {
  const { seed, days, perDay = 15, scoreOn = () => 0, ratingOn = () => 0, rateOn = () => 0.5 } = world;
  const random = randomSource(seed);
  const store = memoryStore();
  const requests = Array.from({ length: days }, (_, day) =>
    Array.from({ length: 5 + Math.floor(2 * random() * perDay) }, (__, at) => ({
      day,
      requestId: `req-${day}-${at}`,
      timestamp: new Date(start + day * dayMs + at * 1_000),
      evalScores: { overall: random() + scoreOn(day) },
    })),
  ).flat();
  await recordEvaluation(
    store,
    requests.map(({ day: _, ...record }) => record),
  );
  const voted = requests.filter(({ day }) => random() < rateOn(day));
  await recordFeedback(
    store,
    voted.map(({ day, requestId, timestamp }) => ({
      type: "explicit_rating" as const,
      value: Math.min(5, Math.max(1, 2 + 2 * random() + ratingOn(day))),
      requestId,
      timestamp,
    })),
  );
  return store;
};

const from = (first: number, size: number) => (day: number) => (day >= first ? size : 0);

test.each([
  ["score", { scoreOn: from(30, 0.3) }, "up"],
  ["humanScore", { ratingOn: from(30, -0.7) }, "down"],
  ["feedbackRate", { rateOn: (day: number) => (day >= 30 ? 0.25 : 0.6) }, "down"],
  ["gap", { ratingOn: from(30, -0.7) }, "up"],
] as const)("a shift of the %s is found, and dated within three days", async (metric, change, direction) => {
  const answer = await detectDrift(await storeOf({ seed: 7, days: 50, ...change }), {
    metric,
    scoreRange: [0, 2],
  });
  if (answer.verdict !== "drift") throw new Error(answer.verdict);
  expect(answer.direction).toBe(direction);
  expect(Math.abs(answer.changedOn.getTime() - (start + 30 * dayMs)) / dayMs).toBeLessThanOrEqual(3);
  expect(answer.detectedOn.getTime()).toBeGreaterThanOrEqual(answer.changedOn.getTime());
  expect(Math.sign(answer.difference)).toBe(direction === "up" ? 1 : -1);
  expect(answer.before.n + answer.after.n).toBe(answer.series.reduce((sum, { n }) => sum + n, 0));
});

test("Page-Hinkley finds it too", async () => {
  const store = await storeOf({ seed: 5, days: 50, scoreOn: from(30, 0.3) });
  expect(await detectDrift(store, { method: "page_hinkley" })).toMatchObject({
    verdict: "drift",
    direction: "up",
  });
});

test("the index of stability is large where scores moved, and like that of chance where not", async () => {
  const moved = await detectDrift(await storeOf({ seed: 8, days: 50, scoreOn: from(30, 0.3) }), {
    scoreRange: [0, 2],
  });
  const same = await detectDrift(await storeOf({ seed: 8, days: 50 }), {});
  if (!("psi" in moved && "psi" in same)) throw new Error("no index");
  expect(moved.psi!.psi).toBeGreaterThan(0.25);
  expect(moved.psi!.p).toBeLessThan(1e-6);
  expect(same.psi!.psi).toBeLessThan(0.1);
  expect(same.psi!.p).toBeGreaterThan(0.01);
});

test("no day is on both sides of the index, which are never more than a window long", async () => {
  const sizes = async (days: number) => {
    const answer = await detectDrift(await storeOf({ seed: 4, days }));
    if (!("psi" in answer)) throw new Error("no index");
    const of = (from: number, to?: number) =>
      answer.series.slice(from, to).reduce((sum, { n }) => sum + n, 0);
    return { own: answer.psi!.n, of };
  };
  const short = await sizes(18);
  expect(short.own).toEqual([short.of(0, 14), short.of(14)]);
  const long = await sizes(31);
  expect(long.own).toEqual([long.of(0, 14), long.of(17)]);
});

test("from the first day that is judged, scores that moved show in the index, and others at most once in twenty", async () => {
  const worlds = 25;
  const found = { same: 0, moved: 0 };
  const indexOf = async (seed: number, days: number, scoreOn: (day: number) => number) => {
    const answer = await detectDrift(await storeOf({ seed, days, scoreOn }), { scoreRange: [0, 2] });
    return "psi" in answer ? answer.psi!.p! : Number.NaN;
  };
  for (let days = 15; days <= 24; days++)
    for (let world = 0; world < worlds; world++) {
      const seed = 100 * days + world;
      if ((await indexOf(seed, days, () => 0)) <= 0.05) found.same++;
      if (world < 5 && (await indexOf(seed, days, from(14, 0.4))) <= 0.05) found.moved++;
    }
  expect(found.same / (10 * worlds)).toBeGreaterThan(0.02);
  expect(found.same / (10 * worlds)).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / (10 * worlds)));
  expect(found.moved / 50).toBeGreaterThan(0.9);
});

test("a day without data is a gap, not a zero", async () => {
  const store = await storeOf({ seed: 3, days: 40 });
  await store.removeEvaluations({
    since: new Date(start + 20 * dayMs),
    until: new Date(start + 23 * dayMs),
  });
  const answer = await detectDrift(store);
  expect(answer.series).toHaveLength(37);
  expect(answer.verdict).toBe("stable");
});

test("too few days, and days that are all the same, are answers", async () => {
  expect(await detectDrift(memoryStore())).toMatchObject({ verdict: "not_enough_data", needed: 15, have: 0 });
  expect(await detectDrift(await storeOf({ seed: 1, days: 14 }))).toMatchObject({
    verdict: "not_enough_data",
    have: 14,
  });
  // The mean of fourteen times 0.3 is not 0.3, if they are added up.
  for (const overall of [0.3, 0.5]) {
    const store = memoryStore();
    await recordEvaluation(
      store,
      Array.from({ length: 20 }, (_, day) => ({
        requestId: `req-${day}`,
        timestamp: new Date(start + day * dayMs),
        evalScores: { overall },
      })),
    );
    for (const method of ["cusum", "page_hinkley"] as const)
      expect((await detectDrift(store, { method })).verdict).toBe("no_variation");
  }
});

test("options that mean nothing are refused", async () => {
  for (const options of [
    { window: 2 },
    { window: 1.5 },
    { scoreRange: [1, 1] as const },
    { confidence: 1 },
    { metric: "discardRate" as "score" },
    { method: "ewma" as "cusum" },
  ])
    await expect(detectDrift(memoryStore(), options)).rejects.toMatchObject({ code: "INVALID_QUERY" });
});

test("of sixty stable months hardly any gives an alarm", async () => {
  let alarms = 0;
  for (let seed = 1; seed <= 60; seed++)
    if ((await detectDrift(await storeOf({ seed, days: 30 }), {})).verdict === "drift") alarms++;
  expect(alarms / 60).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / 60));
});

test("a day is one of UTC, and has the requests that were logged on it, whenever they were scored or voted on", async () => {
  const store = memoryStore();
  const log = (requestId: string, timestamp: string, overall?: number) =>
    recordEvaluation(store, {
      requestId,
      timestamp,
      ...(overall !== undefined && { evalScores: { overall } }),
    });
  await log("last of the first", "2026-01-01T23:59:59.999Z", 0.2);
  await log("first of the second", "2026-01-02T00:00:00.000Z", 0.4);
  await log("late", "2026-01-02T12:00:00.000Z");
  await log("late", "2026-01-09T00:00:00.000Z", 0.8);
  await log("unscored", "2026-01-05T00:00:00.000Z");
  await recordFeedback(
    store,
    ["late", "unscored", "never logged"].map((requestId) => ({
      type: "explicit_rating" as const,
      value: 2,
      requestId,
      timestamp: "2026-01-20T00:00:00.000Z",
    })),
  );
  const series = async (options: DriftOptions) =>
    (await detectDrift(store, options)).series.map(({ day, n, mean }) => [
      day.toISOString().slice(8, 10),
      n,
      mean,
    ]);
  expect(await series({})).toEqual([
    ["01", 1, 0.2],
    ["02", 2, expect.closeTo(0.6, 14)],
  ]);
  expect(await series({ metric: "humanScore" })).toEqual([
    ["02", 1, 2],
    ["05", 1, 2],
  ]);
  // A request that nobody voted on counts as 0, and one that was never logged on no day.
  expect(await series({ metric: "feedbackRate" })).toEqual([
    ["01", 1, 0],
    ["02", 2, 0.5],
    ["05", 1, 1],
  ]);
  // 0.8 of a range from 0.4 to 1.2 is a 3 on the human scale.
  expect(await series({ metric: "gap", scoreRange: [0.4, 1.2] })).toEqual([["02", 1, expect.closeTo(1, 14)]]);
});

test("scores beyond the range make no index of their own: they fall into the outer bins", async () => {
  const store = memoryStore();
  await recordEvaluation(
    store,
    Array.from({ length: 15 }, (_, day) => ({
      requestId: `req-${day}`,
      timestamp: new Date(start + day * dayMs),
      evalScores: { overall: day % 2 === 0 ? -7 : 100 + day },
    })),
  );
  expect(await detectDrift(store)).toMatchObject({ psi: { bins: 2, n: [14, 1] } });
});
