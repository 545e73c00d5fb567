import { expect, test } from "vitest";
import { computeFeedbackRateByCohort } from "../bias/compute-feedback-rate-by-cohort.ts";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { withoutFastPaths } from "../requests/without-fast-paths.ts";
import { kaplanMeier, waitingTime } from "../stats/kaplan-meier.ts";
import { wilsonInterval } from "../stats/wilson-interval.ts";
import type { Store } from "../store.ts";
import { day } from "./fixtures/store-of.ts";
import { recordAcknowledgement } from "./record-acknowledgement.ts";
import { recordChange } from "./record-change.ts";
import { reportServiceLevels, type ServiceLevelOptions } from "./report-service-levels.ts";

/** A request of the first of March, with votes a day each: ratings by when they were given. */
interface Told {
  readonly labels?: Readonly<Record<string, string>>;
  readonly rated?: Readonly<Record<number, number>>;
}

const storeOf = async (requests: readonly Told[]): Promise<Store> => {
  const store = memoryStore();
  for (const [at, { labels = {}, rated = {} }] of requests.entries()) {
    const requestId = `req-${at}`;
    await recordEvaluation(store, { requestId, timestamp: day(1), metadata: { ...labels } });
    for (const [date, value] of Object.entries(rated))
      await recordFeedback(store, {
        type: "explicit_rating",
        value,
        requestId,
        userId: `user-of-${date}`,
        timestamp: day(Number(date)),
      });
  }
  return store;
};

const dayMs = 86_400_000;
const now = (): Date => day(31);
const rowsOf = async (store: Store, options: ServiceLevelOptions = {}) => {
  const answer = await reportServiceLevels(store, { now, ...options });
  if (answer.verdict !== "reported") throw new Error(answer.verdict);
  return answer.rows;
};
const onlyRowOf = async (store: Store, options?: ServiceLevelOptions) => {
  const [row, ...others] = await rowsOf(store, options);
  expect(others).toEqual([]);
  return row!;
};

test("one row for all, or one for each value of a label, with the requests that lack it last", async () => {
  const store = await storeOf([
    { labels: { tenant: "b" }, rated: { 2: 5 } },
    {},
    { labels: { tenant: "a" } },
    { labels: { tenant: "a" }, rated: { 2: 1 } },
  ]);
  expect(await onlyRowOf(store)).toMatchObject({ value: null, requests: 4, resolution: { n: 1 } });
  expect(await rowsOf(store, { by: "tenant" })).toMatchObject([
    { value: "a", requests: 2, resolution: { n: 1 } },
    { value: "b", requests: 1, resolution: { n: 0 } },
    { value: null, requests: 1, resolution: { n: 0 } },
  ]);
});

test("the rate and its denominator are those of computeFeedbackRateByCohort", async () => {
  const store = await storeOf([
    { labels: { tenant: "a" }, rated: { 2: 1 } },
    { labels: { tenant: "a" } },
    { labels: { tenant: "b" }, rated: { 2: 3, 3: 5 } },
  ]);
  for (const denominator of ["auto", "logged"] as const) {
    const answer = await reportServiceLevels(store, { by: "tenant", denominator, confidence: 0.9, now });
    const rates = await computeFeedbackRateByCohort(store, { by: "tenant", denominator, confidence: 0.9 });
    expect(answer.denominator).toEqual(rates.denominator);
    if (!("rows" in answer && "cohorts" in rates)) throw new Error(answer.verdict);
    for (const [at, { value, feedbackRate }] of answer.rows.entries())
      expect(rates.cohorts[at]).toMatchObject({ cohort: value, ...feedbackRate });
  }
});

test("where nothing of a value counts for the denominator there is no rate", async () => {
  const store = await storeOf([{ labels: { tenant: "a" }, rated: { 2: 1 } }, { labels: { tenant: "b" } }]);
  expect(await rowsOf(store, { by: "tenant", denominator: "exposed" })).toMatchObject([
    { value: "a", requests: 1, feedbackRate: { requests: 1, rate: 1 } },
    { value: "b", requests: 1, feedbackRate: null },
  ]);
});

test("satisfaction is the share of good ones among the verdicts, from five on", async () => {
  const told = [5, 5, 4, 1, 2, 3].map((value) => ({ rated: { 2: value } }));
  const answer = await reportServiceLevels(await storeOf(told), { now });
  expect(answer).toMatchObject({
    verdict: "reported",
    dropped: { neutral: 1 },
    rows: [{ satisfaction: { share: 0.6, n: 5, ci: wilsonInterval(3, 5) } }],
  });
  expect((await onlyRowOf(await storeOf(told), { humanThreshold: 4.5 })).satisfaction).toMatchObject({
    share: 2 / 6,
    n: 6,
  });
  expect((await onlyRowOf(await storeOf(told.slice(0, 4)))).satisfaction).toBeNull();
});

test("feedback is resolved by the first change after it, and open feedback is not left out", async () => {
  // Given on the 2nd, 4th, 6th and 20th; changes on the 5th and the 10th. The last one is open since 11 days.
  const store = await storeOf([{ rated: { 2: 1, 4: 2 } }, { rated: { 6: 1, 20: 1, 21: 5 } }]);
  await recordChange(store, { change: "prompt v2", timestamp: day(5) });
  await recordChange(store, { change: "prompt v3", timestamp: day(10) });
  const { resolution } = await onlyRowOf(store, { confidence: 0.8 });
  const durations = [3, 1, 4, 11].map((days) => days * dayMs);
  const curve = kaplanMeier(durations, [1, 1, 1, 0], { confidence: 0.8 });
  const { value, ci } = waitingTime(curve, 0.5);
  expect(resolution).toEqual({
    n: 4,
    answered: 3,
    open: 1,
    oldestOpenMs: 11 * dayMs,
    medianMs: value,
    medianCiMs: ci,
    p90Ms: null,
    p90CiMs: waitingTime(curve, 0.9).ci,
  });
  // Of the three that were resolved alone it would be 3 days.
  expect(resolution.medianMs).toBe(3.5 * dayMs);
});

test("a change for a segment resolves what was said of that segment alone", async () => {
  const store = await storeOf([
    { labels: { topic: "refunds", tenant: "a" }, rated: { 2: 1 } },
    { labels: { topic: "orders", tenant: "a" }, rated: { 2: 1 } },
    { rated: { 2: 1 } },
  ]);
  const segment = { label: "topic", value: "refunds" };
  await recordChange(store, { change: "refund prompt", timestamp: day(5), segment });
  expect(await rowsOf(store, { by: "topic" })).toMatchObject([
    { value: "orders", resolution: { answered: 0, oldestOpenMs: 29 * dayMs } },
    { value: "refunds", resolution: { answered: 1, medianMs: 3 * dayMs, oldestOpenMs: null } },
    { value: null, resolution: { answered: 0 } },
  ]);
  expect(await rowsOf(store, { by: "tenant" })).toMatchObject([
    { value: "a", resolution: { n: 2, answered: 1 } },
    { value: null, resolution: { n: 1, answered: 0 } },
  ]);
});

test("feedback is acknowledged when users are told of a change that it came before, in the change's segment", async () => {
  const store = await storeOf([
    { labels: { topic: "refunds" }, rated: { 2: 1, 7: 1 } },
    { labels: { topic: "orders" }, rated: { 2: 1 } },
  ]);
  const segment = { label: "topic", value: "refunds" };
  await recordChange(store, { change: "refund prompt", timestamp: day(5), segment });
  await recordAcknowledgement(store, { change: "refund prompt", timestamp: day(8) });
  // What was said on the 7th came after the change, though before users were told.
  expect((await onlyRowOf(store)).acknowledgement).toMatchObject({ n: 3, answered: 1, open: 2 });
  expect((await onlyRowOf(store)).resolution).toMatchObject({ n: 3, answered: 1, open: 2 });
  // Shipped or not, users can be told that something is going to be done.
  await recordAcknowledgement(store, { change: "order prompt", timestamp: day(9) });
  expect((await onlyRowOf(store)).acknowledgement).toMatchObject({ answered: 3, oldestOpenMs: null });
  expect((await onlyRowOf(store)).resolution).toMatchObject({ answered: 1 });
});

test("users are told of the latest change of that name which had shipped by then", async () => {
  const store = await storeOf([{ rated: { 2: 1, 7: 1, 9: 1 } }]);
  await recordChange(store, { change: "prompt", timestamp: day(5) });
  await recordChange(store, { change: "prompt", timestamp: day(20) });
  await recordAcknowledgement(store, { change: "prompt", timestamp: day(8) });
  expect((await onlyRowOf(store)).acknowledgement).toMatchObject({ n: 3, answered: 1 });
  await recordAcknowledgement(store, { change: "prompt", timestamp: day(21) });
  expect((await onlyRowOf(store)).acknowledgement).toMatchObject({ n: 3, answered: 3 });
});

test("an acknowledgement may name a segment of its own", async () => {
  const store = await storeOf([
    { labels: { topic: "refunds" }, rated: { 2: 1 } },
    { labels: { topic: "orders" }, rated: { 2: 1 } },
  ]);
  const segment = { label: "topic", value: "orders" };
  await recordAcknowledgement(store, { change: "order prompt", timestamp: day(4), segment });
  expect(await rowsOf(store, { by: "topic" })).toMatchObject([
    { value: "orders", acknowledgement: { answered: 1, medianMs: 2 * dayMs } },
    { value: "refunds", acknowledgement: { answered: 0, medianMs: null } },
  ]);
});

test("what is after now has not happened yet", async () => {
  const store = await storeOf([{ rated: { 2: 1, 6: 1 } }]);
  await recordChange(store, { change: "prompt v2", timestamp: day(10) });
  await recordAcknowledgement(store, { change: "prompt v2", timestamp: day(11) });
  const asOf = async (date: number) => onlyRowOf(store, { now: () => day(date) });
  expect((await asOf(4)).resolution).toMatchObject({ n: 1, open: 1, oldestOpenMs: 2 * dayMs });
  expect((await asOf(10)).resolution).toMatchObject({ n: 2, answered: 2 });
  expect((await asOf(10)).acknowledgement).toMatchObject({ n: 2, answered: 0 });
  expect((await asOf(11)).acknowledgement).toMatchObject({ n: 2, answered: 2 });
});

test("only votes that stand wait: not those that were taken back, and not praise", async () => {
  const store = await storeOf([{ rated: { 2: 1, 3: 5 } }]);
  const about = { requestId: "req-0", userId: "user-of-2" };
  await recordFeedback(store, [
    { ...about, type: "explicit_thumbs_down", value: true, timestamp: day(3) },
    { ...about, type: "explicit_retraction", value: "rating", timestamp: day(4) },
  ]);
  expect((await onlyRowOf(store)).resolution).toMatchObject({ n: 1, oldestOpenMs: 28 * dayMs });
});

test("votes on requests that were never logged count for nothing, and alone they are not enough", async () => {
  const store = memoryStore();
  await recordFeedback(store, { type: "explicit_rating", value: 1, requestId: "elsewhere" });
  expect(await reportServiceLevels(store, { now })).toMatchObject({
    verdict: "not_enough_data",
    needed: 1,
    have: 0,
    dropped: { notLogged: 1 },
  });
});

test("requests outside the period count for nothing", async () => {
  const store = await storeOf([{ rated: { 2: 1 } }]);
  expect(await reportServiceLevels(store, { now, since: day(2) })).toMatchObject({
    verdict: "not_enough_data",
  });
  expect(await onlyRowOf(store, { since: day(1), until: day(2) })).toMatchObject({ requests: 1 });
});

test("many requests are read in few reads", async () => {
  const store = await storeOf(Array.from({ length: 2_500 }, () => ({ rated: { 2: 1 } })));
  let reads = 0;
  const counted: Store = {
    ...withoutFastPaths(store),
    readFeedback: (filter, page) => {
      reads++;
      return store.readFeedback(filter, page);
    },
  };
  expect(await onlyRowOf(counted)).toMatchObject({ resolution: { n: 2_500 } });
  expect(reads).toBeLessThan(10);
});

test("options that mean nothing are refused", async () => {
  const refused = { code: "INVALID_QUERY" };
  for (const options of [
    { humanThreshold: 0 },
    { confidence: 1 },
    { since: day(2), until: day(1) },
    { now: () => new Date(Number.NaN) },
    { denominator: "all" as "logged" },
    { by: ["tenant"] as unknown as string },
    { by: "" },
  ])
    await expect(reportServiceLevels(memoryStore(), { now, ...options })).rejects.toMatchObject(refused);
});
