import type { FeedbackEventInput } from "@heed/schema";
import { expect, test, vi } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import type { Store } from "../store.ts";
import { type DecideOptions, decidePrompt } from "./decide-prompt.ts";

const hourMs = 3_600_000;
const start = Date.UTC(2026, 2, 1);

interface Arm {
  readonly version: string;
  readonly requests: number;
  /** How many of them, evenly spread, got a good vote; and how many a bad one, of those left. */
  readonly good: number;
  readonly bad: number;
  /** Hours after the start, of the first request; one follows every so many hours, or every one. */
  readonly from?: number;
  readonly every?: number;
  /** Users of the arm, in turns; a user a request unless given. */
  readonly users?: number;
  readonly score?: (at: number) => number;
  readonly discarded?: (at: number) => boolean;
  readonly cohort?: (at: number) => string;
}

/** Bad votes first where they are few, in a fixed shuffle, so that they are spread over the requests. */
const spread = (at: number, requests: number): number => (at * 7_919) % requests;

const storeOf = async (...arms: readonly Arm[]): Promise<Store> => {
  const store = memoryStore();
  for (const arm of arms) await addArm(store, arm);
  return store;
};

const addArm = async (store: Store, arm: Arm): Promise<void> => {
  const {
    version,
    requests,
    good,
    bad,
    from = 0,
    every = 1,
    users = requests,
    score,
    discarded,
    cohort,
  } = arm;
  const ats = Array.from({ length: requests }, (_, at) => at);
  const idOf = (at: number): string => `${version}-${String(at).padStart(5, "0")}`;
  await recordEvaluation(
    store,
    ats.map((at) => ({
      requestId: idOf(at),
      timestamp: new Date(start + (from + at * every) * hourMs),
      promptVersion: version,
      ...(score && { evalScores: { overall: score(at) } }),
      ...(cohort && { metadata: { userCohort: cohort(at) } }),
    })),
  );
  const events = ats.flatMap((at): FeedbackEventInput[] => {
    const place = spread(at, requests);
    const about = { requestId: idOf(at), userId: `${version}-user-${at % users}` };
    return [
      ...(place < good ? [{ ...about, type: "explicit_thumbs_up", value: true } as const] : []),
      ...(place >= good && place < good + bad
        ? [{ ...about, type: "explicit_thumbs_down", value: true } as const]
        : []),
      ...(discarded?.(at) ? [{ ...about, type: "implicit_discard", value: "regenerated" } as const] : []),
    ];
  });
  await recordFeedback(store, events);
};

const now = () => new Date(start);
const decide = (store: Store, options: Partial<DecideOptions> = {}) =>
  decidePrompt(store, { candidate: "v2", baseline: "v1", now, ...options });

const arm = (version: string, good: number, bad: number, more: Partial<Arm> = {}): Arm => ({
  version,
  requests: good + bad,
  good,
  bad,
  ...more,
});
const v1 = (good: number, bad: number, more?: Partial<Arm>) => arm("v1", good, bad, more);
const v2 = (good: number, bad: number, more?: Partial<Arm>) => arm("v2", good, bad, more);

test("what is surely worse is reverted, with all that it rests on", async () => {
  const decision = await decide(await storeOf(v1(280, 120), v2(220, 180)));
  expect(decision).toMatchObject({
    verdict: "revert",
    reasons: ["votes_worse"],
    by: "promptVersion",
    command: { action: "serve", by: "promptVersion", value: "v1", insteadOf: "v2" },
    decidedAt: new Date(start),
    dryRun: true,
    evidence: {
      level: "user_request_vote",
      design: "concurrent",
      finding: "worse",
      candidate: { value: "v2", requests: 400, votes: 400, good: 220, users: 400, share: 0.55 },
      baseline: { value: "v1", requests: 400, votes: 400, good: 280, share: 0.7, designEffect: 1 },
      usersInBoth: 0,
      sampleRatio: { share: 0.5, expectedShare: 0.5, p: 1, mismatch: false },
      withFlagged: null,
      dropped: { neutral: 0, outsideOverlap: 0 },
    },
  });
  const { difference, ci, anytimeP } = decision.evidence;
  expect(difference).toBeCloseTo(-0.15, 12);
  expect(ci![1]).toBeLessThan(0);
  expect(anytimeP).toBeLessThan(0.05);
});

test("what is surely not worse by the margin is kept", async () => {
  expect(await decide(await storeOf(v1(280, 120), v2(320, 80)))).toMatchObject({
    verdict: "keep",
    reasons: ["within_margin"],
    command: { action: "serve", value: "v2", insteadOf: "v1" },
  });
  // Worse for sure, and for sure by less than is put up with.
  const large = await storeOf(v1(2_700, 300), v2(2_580, 420));
  expect(await decide(large)).toMatchObject({ verdict: "revert" });
  expect(await decide(large, { margin: 0.2 })).toMatchObject({
    verdict: "keep",
    evidence: { finding: "within_margin" },
  });
});

test("what is not sure yet goes on", async () => {
  expect(await decide(await storeOf(v1(280, 120), v2(276, 124)))).toMatchObject({
    verdict: "continue",
    reasons: ["undecided"],
    command: { action: "wait", votes: 0, users: 0 },
  });
});

test("with 99 votes or 19 users in an arm nothing is decided by votes, and with one more it is", async () => {
  const thin = await storeOf(v1(100, 0), v2(0, 99));
  expect(await decide(thin)).toMatchObject({
    verdict: "continue",
    reasons: ["too_few_votes"],
    needed: { votes: 100, users: 20 },
    have: { votes: 99, users: 99 },
    command: { action: "wait", votes: 1, users: 0 },
  });
  expect(await decide(await storeOf(v1(100, 0), v2(0, 100)))).toMatchObject({ verdict: "revert" });
  expect(await decide(await storeOf(v1(200, 0), v2(0, 200, { users: 19 })))).toMatchObject({
    verdict: "continue",
    reasons: ["too_few_users"],
    have: { votes: 200, users: 19 },
    command: { action: "wait", votes: 0, users: 1 },
  });
  expect(await decide(await storeOf(v1(200, 0), v2(0, 200, { users: 20 })))).toMatchObject({
    verdict: "revert",
  });
  expect(await decide(await storeOf())).toMatchObject({
    verdict: "continue",
    reasons: ["too_few_votes", "too_few_users"],
    evidence: { difference: null, ci: null, overlap: null, sampleRatio: { share: null, p: null } },
  });
});

test("arms that do not divide the requests as they should are held, unless nobody knows how they should", async () => {
  const lopsided = await storeOf(v1(280, 120), v2(220, 180, { requests: 560, every: 400 / 560 }));
  expect(await decide(lopsided)).toMatchObject({
    verdict: "hold",
    reasons: ["sample_ratio_mismatch"],
    command: { action: "inspect", what: "assignment" },
    evidence: { sampleRatio: { mismatch: true } },
  });
  expect(await decide(lopsided, { expectedShare: null })).toMatchObject({
    evidence: { sampleRatio: { expectedShare: null, p: null, mismatch: false } },
  });
  expect((await decide(lopsided, { expectedShare: 560 / 960 })).verdict).not.toBe("hold");
});

test("one prompt after the other is observational: whatever the votes say, it holds and asks for a control", async () => {
  for (const candidate of [v2(200, 200, { from: 400 }), v2(399, 1, { from: 400 })]) {
    const decision = await decide(await storeOf(v1(280, 120), candidate));
    expect(decision).toMatchObject({
      verdict: "hold",
      evidence: { design: "observational", overlap: null, sampleRatio: { p: null, mismatch: false } },
      command: {
        action: "measure",
        options: { change: "v2", metric: "humanScore", afterDate: new Date(start + 400 * hourMs) },
        add: "control",
      },
    });
    expect(decision.reasons[0]).toBe("not_concurrent");
  }
  // With a few hours of both while the one replaced the other, it is the same.
  expect(await decide(await storeOf(v1(280, 120), v2(200, 200, { from: 380 })))).toMatchObject({
    verdict: "hold",
    reasons: ["not_concurrent", "votes_worse"],
  });
  // Too few votes are too few, however they came.
  expect(await decide(await storeOf(v1(280, 120), v2(9, 1, { from: 400 })))).toMatchObject({
    verdict: "continue",
    evidence: { design: "observational" },
  });
});

test("a caller who says that chance did not assign the requests is believed", async () => {
  expect(await decide(await storeOf(v1(280, 120), v2(200, 200)), { randomised: false })).toMatchObject({
    verdict: "hold",
    reasons: ["not_randomised", "votes_worse"],
    evidence: { design: "observational" },
  });
});

test("of a baseline that ran long before the trial, the time of the trial alone counts, but for stragglers", async () => {
  const trial = await storeOf(v2(220, 180, { from: 2_000 }));
  await recordEvaluation(
    trial,
    Array.from({ length: 2_400 }, (_, at) => ({
      requestId: `v1-${at}`,
      timestamp: new Date(start + at * hourMs),
      promptVersion: "v1",
    })),
  );
  await recordFeedback(
    trial,
    Array.from({ length: 2_400 }, (_, at) => ({
      requestId: `v1-${at}`,
      userId: `u-${at}`,
      // What users disliked before the trial is not compared.
      type: at >= 2_000 && at % 10 < 7 ? ("explicit_thumbs_up" as const) : ("explicit_thumbs_down" as const),
      value: true as const,
    })),
  );
  const decision = await decide(trial);
  expect(decision).toMatchObject({ verdict: "revert", evidence: { design: "overlap" } });
  const { baseline, candidate, dropped, overlap } = decision.evidence;
  expect(baseline.requests).toBeGreaterThan(370);
  expect(baseline.requests).toBeLessThanOrEqual(400);
  expect(baseline.share).toBeCloseTo(0.7, 1);
  expect(dropped.outsideOverlap).toBe(2_800 - baseline.requests - candidate.requests);
  expect(overlap!.since.getTime()).toBeGreaterThanOrEqual(start + 2_000 * hourMs);
});

test("flagged votes are set aside and counted, and where they would decide, it holds", async () => {
  const store = await storeOf(v1(280, 120), v2(280, 120));
  // A crowd of one user votes the candidate down.
  await recordFeedback(
    store,
    Array.from({ length: 200 }, (_, at) => ({
      requestId: `v2-${String(at).padStart(5, "0")}`,
      userId: `mob-${at % 25}`,
      type: "explicit_thumbs_down" as const,
      value: true as const,
    })),
  );
  expect(await decide(store)).toMatchObject({ verdict: "revert" });
  const flagged = Array.from({ length: 25 }, (_, at) => ({ userId: `mob-${at}` }));
  expect(await decide(store, { flagged })).toMatchObject({
    verdict: "hold",
    reasons: ["flagged_votes_decide", "undecided"],
    command: { action: "inspect", what: "flagged_votes" },
    evidence: {
      candidate: { flagged: 200, votes: 400, share: 0.7 },
      withFlagged: { finding: "worse" },
    },
  });
  const surelyWorse = await storeOf(v1(280, 120), v2(160, 240));
  expect(await decide(surelyWorse, { flagged: [{ userId: "v2-user-1" }] })).toMatchObject({
    verdict: "revert",
    evidence: { candidate: { flagged: 1 }, withFlagged: { finding: "worse" } },
  });
  expect(
    await decide(surelyWorse, {
      flagged: [{ requestId: "v2-00002", userId: "v2-user-2" }, { requestId: "v1-00003" }],
    }),
  ).toMatchObject({ evidence: { candidate: { flagged: 1 }, baseline: { flagged: 0 } } });
});

test("a slice that says the opposite holds a revert, and one that is worse holds a keep", async () => {
  const cohort = (at: number) => (spread(at, 800) % 4 === 0 ? "experts" : "others");
  // By the place of a request in its arm, so that the cohorts have shares of their own.
  const build = async (share: (isExpert: boolean, version: string) => number) => {
    const store = memoryStore();
    for (const version of ["v1", "v2"]) {
      const ats = Array.from({ length: 800 }, (_, at) => at);
      await recordEvaluation(
        store,
        ats.map((at) => ({
          requestId: `${version}-${at}`,
          timestamp: new Date(start + at * hourMs),
          promptVersion: version,
          metadata: { userCohort: cohort(at) },
        })),
      );
      await recordFeedback(
        store,
        ats.map((at) => ({
          requestId: `${version}-${at}`,
          userId: `${version}-${at}`,
          type:
            (at * 7) % 100 < 100 * share(cohort(at) === "experts", version)
              ? ("explicit_thumbs_up" as const)
              : ("explicit_thumbs_down" as const),
          value: true as const,
        })),
      );
    }
    return store;
  };
  const worseForMost = await build((isExpert, version) =>
    version === "v1" ? (isExpert ? 0.3 : 0.8) : isExpert ? 0.9 : 0.4,
  );
  expect(await decide(worseForMost)).toMatchObject({ verdict: "revert" });
  const held = await decide(worseForMost, { slices: ["userCohort"] });
  expect(held).toMatchObject({
    verdict: "hold",
    reasons: ["slices_disagree", "votes_worse"],
    command: { action: "inspect", what: "slices" },
  });
  expect(held.evidence.slices.map(({ label, value, finding }) => [label, value, finding])).toEqual([
    ["userCohort", "others", "worse"],
    ["userCohort", "experts", "within_margin"],
  ]);
  const betterForMost = await build((isExpert, version) =>
    version === "v1" ? (isExpert ? 0.9 : 0.4) : isExpert ? 0.3 : 0.8,
  );
  expect(await decide(betterForMost)).toMatchObject({ verdict: "keep" });
  expect(await decide(betterForMost, { slices: ["userCohort"] })).toMatchObject({
    verdict: "hold",
    reasons: ["slices_disagree", "within_margin"],
  });
  const worseForAll = await build((_, version) => (version === "v1" ? 0.8 : 0.5));
  expect(await decide(worseForAll, { slices: ["userCohort", "none"] })).toMatchObject({ verdict: "revert" });
});

test("a guard that fails reverts without waiting for votes; one that does not is told of", async () => {
  const noisy = (mean: number) => (at: number) => mean + (((at * 37) % 11) - 5) / 50;
  const store = await storeOf(
    v1(10, 0, { requests: 300, score: noisy(0.8), discarded: (at) => at % 10 === 0 }),
    v2(10, 0, { requests: 300, score: noisy(0.6), discarded: (at) => at % 2 === 0 }),
  );
  expect(await decide(store)).toMatchObject({
    verdict: "continue",
    reasons: ["too_few_votes", "too_few_users"],
  });
  const decision = await decide(store, { guards: ["overall", "discardRate", "unknown"] });
  expect(decision).toMatchObject({
    verdict: "revert",
    reasons: ["guard_worse", "too_few_votes", "too_few_users"],
    command: { action: "serve", value: "v1" },
    evidence: {
      guards: [
        { guard: "overall", finding: "worse", candidate: { n: 300 }, alpha: 0.01 / 3 },
        { guard: "discardRate", finding: "worse" },
        { guard: "unknown", finding: "not_worse", difference: null, ci: null },
      ],
    },
  });
  const better = await storeOf(
    v1(280, 120, { score: noisy(0.6), discarded: () => true }),
    v2(280, 120, { score: noisy(0.8), discarded: () => false }),
  );
  expect(await decide(better, { guards: ["overall", "discardRate"] })).toMatchObject({
    verdict: "continue",
    evidence: { guards: [{ finding: "not_worse" }, { finding: "not_worse", ci: [-1, -1] }] },
  });
  const worse = await storeOf(
    v1(280, 120, { discarded: () => false }),
    v2(280, 120, { discarded: () => true }),
  );
  expect(await decide(worse, { guards: ["discardRate"] })).toMatchObject({ verdict: "revert" });
  const few = await storeOf(
    v1(10, 0, { requests: 99, score: noisy(0.8) }),
    v2(10, 0, { requests: 99, score: noisy(0.2) }),
  );
  expect(await decide(few, { guards: ["overall"] })).toMatchObject({ verdict: "continue" });
  // One after the other, a guard proves as little as votes.
  const after = await storeOf(
    v1(10, 0, { requests: 300, score: noisy(0.8) }),
    v2(10, 0, { requests: 300, score: noisy(0.6), from: 300 }),
  );
  expect(await decide(after, { guards: ["overall"] })).toMatchObject({
    verdict: "hold",
    reasons: ["not_concurrent", "guard_worse", "too_few_votes", "too_few_users"],
  });
});

test("a thumb and a rating of one user are one verdict, and one in the middle is none", async () => {
  const store = await storeOf(v1(1, 0), v2(1, 0));
  const about = { requestId: "v2-00000", userId: "v2-user-0" };
  await recordFeedback(store, { ...about, type: "explicit_rating", value: 5 });
  expect((await decide(store)).evidence.candidate).toMatchObject({ votes: 1, good: 1 });
  await recordFeedback(store, [
    { ...about, type: "explicit_rating", value: 1, timestamp: new Date(Date.now() + 1_000) },
    { requestId: "v2-00000", type: "explicit_rating", value: 2 },
    { requestId: "v2-00000", type: "explicit_rating", value: 2 },
  ]);
  expect((await decide(store)).evidence).toMatchObject({
    candidate: { votes: 2, good: 0, users: 2 },
    dropped: { neutral: 1 },
  });
});

test("a user in both arms is told of, and votes on requests of other prompts, or never logged, are not counted", async () => {
  const store = await storeOf(v1(3, 0), v2(3, 0), arm("v3", 9, 0));
  await recordFeedback(store, [
    { requestId: "v1-00000", userId: "v2-user-0", type: "explicit_thumbs_up", value: true },
    { requestId: "never", userId: "v2-user-0", type: "explicit_thumbs_up", value: true },
  ]);
  expect((await decide(store)).evidence).toMatchObject({
    usersInBoth: 1,
    candidate: { votes: 3, requests: 3 },
    baseline: { votes: 4, requests: 3 },
  });
});

test("acts on a revert and a keep alone, and only when told that this is no dry run", async () => {
  const act = vi.fn();
  const worse = await storeOf(v1(280, 120), v2(160, 240));
  await decide(worse, { act });
  await decide(await storeOf(v1(280, 120), v2(276, 124)), { act, dryRun: false });
  expect(act).not.toHaveBeenCalled();
  const decision = await decide(worse, { act, dryRun: false });
  expect(decision).toMatchObject({ verdict: "revert", dryRun: false });
  expect(act.mock.calls).toEqual([[decision]]);
  await decide(await storeOf(v1(280, 120), v2(390, 10)), { act, dryRun: false });
  expect(act).toHaveBeenCalledTimes(2);
  const failing = () => Promise.reject(new Error("no deploy today"));
  await expect(decide(worse, { act: failing, dryRun: false })).rejects.toThrow("no deploy today");
});

test("the digest is that of the inputs: the same for the same, another for one vote more or another option", async () => {
  const digestOf = async (store: Store, options?: Partial<DecideOptions>) =>
    (await decide(store, options)).evidence.digest;
  const store = await storeOf(v1(12, 3), v2(9, 6));
  const digest = await digestOf(store);
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(await digestOf(await storeOf(v2(9, 6), v1(12, 3)))).toBe(digest);
  expect(await digestOf(store, { now: () => new Date(), flagged: [{ userId: "nobody" }] })).toBe(digest);
  expect(await digestOf(store, { margin: 0.01 })).not.toBe(digest);
  expect(await digestOf(store, { flagged: [{ userId: "v1-user-3" }] })).not.toBe(digest);
  await recordFeedback(store, { requestId: "v1-00000", type: "explicit_thumbs_up", value: true });
  expect(await digestOf(store)).not.toBe(digest);
});

test("arms may be told apart by another label, in a period", async () => {
  const store = await storeOf(v1(30, 0, { cohort: () => "a" }), v2(30, 0, { cohort: () => "b" }));
  const until = new Date(start + 10 * hourMs);
  const options = { candidate: "a", baseline: "b", by: "userCohort", until };
  expect((await decide(store, options)).evidence).toMatchObject({
    candidate: { value: "a", requests: 10 },
    baseline: { value: "b", requests: 10 },
  });
});

test("options that mean nothing are refused by name", async () => {
  const refused: readonly (readonly [string, Partial<DecideOptions>])[] = [
    ["candidate", { candidate: "v1" }],
    ["candidate", { candidate: "" }],
    ["margin", { margin: -0.1 }],
    ["alpha", { alpha: 0.5 }],
    ["guardAlpha", { guardAlpha: 0 }],
    ["expectedShare", { expectedShare: 1 }],
    ["humanThreshold", { humanThreshold: 6 }],
    ["plannedVotes", { plannedVotes: 0.5 }],
    ["minVotes", { minVotes: 1 }],
    ["minUsers", { minUsers: 0 }],
    ["guards", { guards: ["a", "a"] }],
    ["slices", { slices: ["a", "a"] }],
    ["flagged", { flagged: [{}] }],
    ["until", { since: new Date(1), until: new Date(0) }],
  ];
  for (const [name, options] of refused)
    await expect(decide(memoryStore(), options)).rejects.toMatchObject({
      code: "INVALID_QUERY",
      message: expect.stringContaining(name),
    });
});
