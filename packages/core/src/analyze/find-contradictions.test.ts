import type { FeedbackEventInput } from "@heed/schema";
import { expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { randomSource } from "../stats/random-source.ts";
import { findContradictions } from "./find-contradictions.ts";

const thumb = (up: boolean, requestId: string, userId: string, cohort?: string): FeedbackEventInput => ({
  type: up ? "explicit_thumbs_up" : "explicit_thumbs_down",
  value: true,
  requestId,
  userId,
  ...(cohort !== undefined && { metadata: { userCohort: cohort } }),
});

/** Votes of ten users of each of two cohorts on each request; `likes` says how many of the ten like it. */
const storeOf = async (likes: Readonly<Record<string, Readonly<Record<string, number>>>>) => {
  const store = memoryStore();
  for (const [requestId, cohorts] of Object.entries(likes)) {
    await recordEvaluation(store, {
      requestId,
      prompt: `prompt of ${requestId.slice(0, 1)}`,
      model: "small",
    });
    await recordFeedback(
      store,
      Object.entries(cohorts).flatMap(([cohort, liking]) =>
        Array.from({ length: 10 }, (_, at) => thumb(at < liking, requestId, `${cohort}-${at}`, cohort)),
      ),
    );
  }
  return store;
};

test("a request that one cohort likes and another dislikes is found, told apart from plain noise", async () => {
  const store = await storeOf({ a: { new: 10, old: 0 }, b: { new: 5, old: 5 }, c: { new: 9, old: 10 } });
  const answer = await findContradictions(store);
  expect(answer).toMatchObject({
    verdict: "contradictions_found",
    tests: 3,
    contradictions: [
      {
        unit: "a",
        cohorts: [
          { cohort: "new", liked: 10, disliked: 0, share: 1 },
          { cohort: "old", liked: 0, disliked: 10, share: 0 },
        ],
        within: 0,
        between: 1,
      },
    ],
  });
  // Fisher's exact test of [[10, 0], [0, 10]], by SciPy: 1.0825088224469026e-05; the smallest of three.
  if (answer.verdict !== "contradictions_found") return;
  expect(answer.contradictions[0]!.p).toBeCloseTo(1.0825088224469026e-5, 15);
  expect(answer.contradictions[0]!.q).toBeCloseTo(3 * 1.0825088224469026e-5, 14);
});

test("users who disagree within their cohorts alone are noise, and users who agree are none", async () => {
  const noise = await findContradictions(await storeOf({ a: { new: 5, old: 5 }, b: { new: 6, old: 4 } }));
  expect(noise).toMatchObject({ verdict: "only_noise", contradictions: [] });
  expect(await findContradictions(await storeOf({ a: { new: 10, old: 10 } }))).toMatchObject({
    verdict: "no_contradiction",
    overall: { within: 0, between: 0 },
  });
});

test("more and less of the same opinion is a difference of degree, and no contradiction", async () => {
  const more = await storeOf({ a: { new: 10, old: 6 } });
  const [first, second] = [
    { cohort: "new", liked: 10, share: 1 },
    { cohort: "old", liked: 6, share: 0.6 },
  ];
  // scipy.stats.fisher_exact([[10, 0], [6, 4]]).pvalue
  const difference = { unit: "a", cohorts: [first, second], p: expect.closeTo(0.08668730650154799, 12) };
  expect(await findContradictions(more, { q: 0.09 })).toMatchObject({
    verdict: "only_degree",
    contradictions: [],
    differences: [difference],
  });
  expect(await findContradictions(more, { q: 0.08 })).toMatchObject({
    verdict: "only_noise",
    contradictions: [],
    differences: [],
  });
  const less = await storeOf({ a: { new: 0, old: 5 } });
  expect(await findContradictions(less)).toMatchObject({ verdict: "only_degree" });
});

test("a contradiction is told apart from differences of degree beside it", async () => {
  const answer = await findContradictions(await storeOf({ a: { new: 10, old: 4 }, b: { new: 10, old: 0 } }));
  expect(answer).toMatchObject({
    verdict: "contradictions_found",
    contradictions: [{ unit: "b" }, { unit: "a" }],
    differences: [],
  });
  const mixed = await findContradictions(await storeOf({ a: { new: 10, old: 5 }, b: { new: 10, old: 0 } }));
  expect(mixed).toMatchObject({
    verdict: "contradictions_found",
    contradictions: [{ unit: "b" }],
    differences: [{ unit: "a" }],
  });
});

test("requests of one prompt, or of one label, make one unit, on which each user has one verdict", async () => {
  const store = await storeOf({ a1: { new: 10, old: 1 }, a2: { new: 9, old: 0 }, b1: { new: 10, old: 10 } });
  expect(await findContradictions(store, { across: "prompt" })).toMatchObject({
    tests: 2,
    contradictions: [{ unit: "prompt of a", cohorts: [{ liked: 9 }, { disliked: 9 }] }],
    dropped: { neutral: 2 },
  });
  const model = await findContradictions(store, { across: "model" });
  expect(model).toMatchObject({
    verdict: "contradictions_found",
    tests: 1,
    contradictions: [{ unit: "small" }],
  });
  expect(await findContradictions(store, { across: "topic" })).toMatchObject({
    verdict: "not_enough_data",
    dropped: { noUnit: 60 },
  });
});

test("a cohort is that of the vote, else that of the request; without either a vote is left out", async () => {
  const store = memoryStore();
  for (const cohort of ["new", "old"]) {
    const requestId = `req-${cohort}`;
    await recordEvaluation(store, { requestId, promptVersion: "v1", metadata: { userCohort: cohort } });
    await recordFeedback(
      store,
      Array.from({ length: 8 }, (_, at) => thumb(cohort === "new", requestId, `${cohort}-${at}`)),
    );
  }
  await recordFeedback(store, thumb(true, "unknown", "someone"));
  expect(await findContradictions(store, { across: "promptVersion" })).toMatchObject({
    verdict: "contradictions_found",
    contradictions: [{ unit: "v1" }],
    dropped: { noUnit: 1 },
  });
  expect(await findContradictions(store, { by: "country", across: "promptVersion" })).toMatchObject({
    verdict: "not_enough_data",
    dropped: { noCohort: 16 },
  });
});

test("three cohorts are compared by one test", async () => {
  const answer = await findContradictions(await storeOf({ a: { new: 10, old: 0, power: 5 } }));
  expect(answer).toMatchObject({
    verdict: "contradictions_found",
    contradictions: [{ cohorts: [{}, {}, {}] }],
  });
});

test("one cohort, and too few verdicts, are answers", async () => {
  expect(await findContradictions(await storeOf({ a: { new: 5 } }))).toMatchObject({
    verdict: "one_cohort",
    cohort: "new",
  });
  expect(await findContradictions(memoryStore())).toMatchObject({
    verdict: "not_enough_data",
    needed: 5,
    have: 0,
  });
  const store = await storeOf({ a: { new: 5, old: 5 } });
  expect(await findContradictions(store, { smallest: 11 })).toMatchObject({ needed: 11, have: 10 });
});

test("options that mean nothing are refused", async () => {
  for (const options of [{ q: 1 }, { smallest: 0 }, { smallest: 1.5 }, { confidence: 0 }])
    await expect(findContradictions(memoryStore(), options)).rejects.toMatchObject({ code: "INVALID_QUERY" });
});

test("where all cohorts think alike, hardly any world has a contradiction", async () => {
  const random = randomSource(4);
  let found = 0;
  for (let world = 0; world < 100; world++) {
    const likes = () => Array.from({ length: 10 }, () => random() < 0.5).filter(Boolean).length;
    const store = await storeOf(
      Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`r${at}`, { new: likes(), old: likes() }])),
    );
    if ((await findContradictions(store)).verdict === "contradictions_found") found++;
  }
  expect(found / 100).toBeLessThanOrEqual(0.05);
});

test("a prompt is that of a request's earliest record that has one", async () => {
  const store = memoryStore();
  const log = (requestId: string, minute: number, prompt?: string) =>
    recordEvaluation(store, { requestId, timestamp: new Date(minute * 60_000), ...(prompt && { prompt }) });
  for (const cohort of ["new", "old"]) {
    await log(cohort, 3, `reworded for ${cohort}`);
    await log(cohort, 1);
    await log(cohort, 2, "How?");
    await recordFeedback(
      store,
      Array.from({ length: 6 }, (_, at) => thumb(cohort === "new", cohort, `${cohort}-${at}`, cohort)),
    );
  }
  expect(await findContradictions(store, { across: "prompt" })).toMatchObject({
    tests: 1,
    contradictions: [{ unit: "How?" }],
  });
});

test("a user has one verdict on a unit in each cohort, of all votes there; a vote of nobody's is one of its own", async () => {
  const store = memoryStore();
  const metadata = (userCohort: string) => ({ metadata: { userCohort } });
  await recordEvaluation(store, { requestId: "a", model: "small" });
  await recordEvaluation(store, { requestId: "b", model: "small" });
  await recordFeedback(store, [
    // Up, and one star: neutral.
    thumb(true, "a", "torn", "new"),
    { type: "explicit_rating", value: 1, requestId: "a", userId: "torn", ...metadata("new") },
    // Up, and four stars on another request: one verdict.
    thumb(true, "a", "sure", "new"),
    { type: "explicit_rating", value: 4, requestId: "b", userId: "sure", ...metadata("new") },
    // The same user in another cohort is another voice.
    thumb(false, "b", "sure", "old"),
    { type: "explicit_thumbs_down", value: true, requestId: "a", ...metadata("old") },
    { type: "explicit_thumbs_down", value: true, requestId: "a", ...metadata("old") },
  ]);
  const answer = await findContradictions(store, { across: "model", smallest: 1, q: 0.9 });
  expect(answer).toMatchObject({
    contradictions: [
      {
        cohorts: [
          { cohort: "new", liked: 1, disliked: 0 },
          { cohort: "old", liked: 0, disliked: 3 },
        ],
      },
    ],
    dropped: { neutral: 1 },
  });
});
