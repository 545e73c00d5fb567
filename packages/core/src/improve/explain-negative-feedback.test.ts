import type { DownReason, FeedbackEventInput } from "@heed/schema";
import { expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import type { Store } from "../store.ts";
import { type ExplainOptions, explainNegativeFeedback } from "./explain-negative-feedback.ts";

interface Said {
  readonly up?: boolean;
  readonly rating?: number;
  readonly reasons?: readonly DownReason[];
  readonly comments?: readonly string[];
  readonly user?: string | null;
  readonly model?: string;
  readonly cohort?: string;
  readonly output?: string;
}

/** A request for each, with what its user says of it. */
const storeOf = async (all: readonly Said[]): Promise<Store> => {
  const store = memoryStore();
  await recordEvaluation(
    store,
    all.map(({ model = "small", cohort = "new", output }, at) => ({
      requestId: `r${String(at).padStart(3, "0")}`,
      timestamp: new Date(Date.UTC(2026, 2, 1, 0, at)),
      prompt: `prompt ${at}`,
      ...(output !== undefined && { output }),
      model,
      metadata: { userCohort: cohort },
    })),
  );
  await recordFeedback(store, all.flatMap(eventsOf));
  return store;
};

const eventsOf = (
  { up, rating, reasons, comments = [], user = undefined }: Said,
  at: number,
): FeedbackEventInput[] => {
  const about = {
    requestId: `r${String(at).padStart(3, "0")}`,
    ...(user !== null && { userId: user ?? `user-${at}` }),
  };
  return [
    ...(up === true ? [{ ...about, type: "explicit_thumbs_up", value: true } as const] : []),
    ...(up === false
      ? [
          {
            ...about,
            type: "explicit_thumbs_down",
            value: true,
            ...(reasons && { reasons: [...reasons] }),
          } as const,
        ]
      : []),
    ...(rating === undefined ? [] : [{ ...about, type: "explicit_rating", value: rating } as const]),
    ...comments.map((value) => ({ ...about, type: "explicit_text_comment", value }) as const),
  ];
};

const themesOf = async (all: readonly Said[], options?: ExplainOptions) => {
  const answer = await explainNegativeFeedback(await storeOf(all), options);
  if (answer.verdict !== "themes_found") throw new Error(answer.verdict);
  return answer;
};
const times = (count: number, said: Said | ((at: number) => Said)): readonly Said[] =>
  Array.from({ length: count }, (_, at) => (typeof said === "function" ? said(at) : said));

test("reasons are themes: thumbs down that give one, with their share of all thumbs down", async () => {
  const answer = await themesOf([
    ...times(6, { up: false, reasons: ["incorrect"] }),
    ...times(3, { up: false, reasons: ["incorrect", "too_long"] }),
    ...times(2, { up: false, reasons: ["slow"] }),
    ...times(9, { up: false }),
    ...times(5, { up: true }),
  ]);
  expect(answer).toMatchObject({ thumbsDown: 20, withReason: 11, comments: 0, unthemed: 0 });
  expect(answer.themes).toMatchObject([
    {
      kind: "reason",
      label: "incorrect",
      terms: ["incorrect"],
      feedback: 9,
      requests: 9,
      users: 9,
      share: 0.45,
    },
    { kind: "reason", label: "too_long", feedback: 3, share: 0.15 },
  ]);
  // Wilson's interval of 9 among 20, scipy: binomtest(9, 20).proportion_ci(method="wilson")
  const [low, high] = answer.themes[0]!.ci;
  expect(low).toBeCloseTo(0.25819785825562425, 10);
  expect(high).toBeCloseTo(0.6579146575496577, 10);
});

test("comments are themes by what they share, of users who disliked the output alone", async () => {
  const answer = await themesOf([
    ...times(4, { up: false, comments: ["the price is wrong"] }),
    { rating: 2, comments: ["wrong price again"] },
    // What is praised, neither, or said where nobody voted.
    { up: true, comments: ["price is right"] },
    { rating: 3, comments: ["price"] },
    { comments: ["price", "price"] },
  ]);
  expect(answer).toMatchObject({ comments: 5, dropped: { noVote: 2, neutral: 1, flagged: 0 } });
  expect(answer.themes).toHaveLength(1);
  expect(answer.themes[0]).toMatchObject({ kind: "comments", feedback: 5, requests: 5, users: 5, share: 1 });
  expect(answer.themes[0]!.terms).toContain("price");
});

test("the votes behind a comment are its user's own, else those of others on the output", async () => {
  const store = await storeOf(times(3, { up: false }));
  const comments = (userId: string | undefined, value: string): FeedbackEventInput[] =>
    [0, 1, 2].map((at) => ({
      type: "explicit_text_comment",
      value,
      requestId: `r00${at}`,
      ...(userId && { userId }),
    }));
  await recordFeedback(store, [...comments("silent", "vague"), ...comments(undefined, "rude")]);
  await recordFeedback(
    store,
    [0, 1, 2].flatMap((at): FeedbackEventInput[] => [
      { type: "explicit_thumbs_up", value: true, requestId: `r00${at}`, userId: "fan" },
      { type: "explicit_rating", value: 2, requestId: `r00${at}`, userId: "critic" },
    ]),
  );
  await recordFeedback(store, comments("fan", "lovely"));
  const answer = await explainNegativeFeedback(store);
  if (answer.verdict !== "themes_found") throw new Error(answer.verdict);
  expect(answer.themes.map(({ label, users }) => [label, users])).toEqual([
    ["rude", 3],
    ["vague", 1],
  ]);
});

test("a comment or a thumb that was taken back is none, and flagged ones are set aside and counted", async () => {
  const store = await storeOf(times(4, { up: false, reasons: ["slow"], comments: ["sluggish"] }));
  const later = new Date(Date.now() + 1_000);
  const about = { requestId: "r000", userId: "user-0", timestamp: later };
  const answer = async (options?: ExplainOptions) => explainNegativeFeedback(store, options);
  expect(await answer({ flagged: [{ userId: "user-1" }] })).toMatchObject({
    thumbsDown: 3,
    comments: 3,
    dropped: { flagged: 2 },
  });
  await recordFeedback(store, { ...about, type: "explicit_retraction", value: "comment" });
  expect(await answer()).toMatchObject({ thumbsDown: 4, comments: 3 });
  await recordFeedback(store, { ...about, type: "explicit_retraction", value: "thumb" });
  expect(await answer()).toMatchObject({ thumbsDown: 3, comments: 3 });
});

test("a theme names what it comes from more than its share, corrected for all that was tested", async () => {
  const answer = await themesOf([
    ...times(30, (at) => ({
      up: false,
      reasons: ["slow"],
      model: at < 25 ? "large" : "small",
      cohort: at % 2 ? "a" : "b",
    })),
    ...times(30, (at) => ({
      up: false,
      reasons: ["unsafe"],
      model: at < 15 ? "large" : "small",
      cohort: at % 2 ? "a" : "b",
    })),
    ...times(60, (at) => ({ up: true, model: at < 20 ? "large" : "small", cohort: at % 2 ? "a" : "b" })),
  ]);
  const [slow, unsafe] = answer.themes;
  expect(slow).toMatchObject({
    label: "slow",
    models: [
      { value: "large", requests: 25 },
      { value: "small", requests: 5 },
    ],
    promptVersions: [],
    segments: [{ label: "model", value: "large", requests: 25, share: 25 / 30, overallShare: 0.5 }],
  });
  const { lift, p, q } = slow!.segments[0]!;
  expect(lift).toBeCloseTo(5 / 3, 12);
  // scipy: fisher_exact([[25, 5], [35, 55]]).pvalue
  expect(p).toBeCloseTo(3.7799886840336785e-5, 14);
  expect(q).toBeGreaterThan(p);
  expect(unsafe!.segments).toEqual([]);
});

test("comes with examples: whole texts, the words of the theme, those that differ first; and names nobody", async () => {
  const long = "An answer. ".repeat(500);
  const answer = await themesOf(
    [
      ...times(3, { up: false, comments: ["garbled"], output: long }),
      { up: false, comments: ["garbled in the middle", "thanks anyway"] },
      { up: false, reasons: ["slow"] },
      ...times(2, { up: false, reasons: ["slow"], comments: ["took a minute"] }),
    ],
    { examplesPerTheme: 2 },
  );
  const of = (name: string) => answer.themes.find(({ label }) => label === name)!;
  expect(of("garbled").examples).toMatchObject([
    { requestId: "r000", prompt: "prompt 0", output: long, quotes: ["garbled"], votes: [{ score: 1 }] },
    {
      requestId: "r003",
      quotes: ["garbled in the middle"],
      comments: ["garbled in the middle", "thanks anyway"],
    },
  ]);
  expect(of("slow").examples.map(({ requestId, quotes }) => [requestId, quotes])).toEqual([
    ["r005", ["took a minute"]],
    ["r004", []],
  ]);
  expect(JSON.stringify(answer)).not.toContain("user-");
});

test("too few complaints that say why, and none that say the same, are answers", async () => {
  const ask = async (all: readonly Said[], options?: ExplainOptions) =>
    explainNegativeFeedback(await storeOf(all), options);
  expect(await ask([])).toMatchObject({ verdict: "not_enough_data", needed: 3, have: 0 });
  const two = times(2, { up: false, reasons: ["slow"] });
  expect(await ask([...two, ...times(9, { up: false })])).toMatchObject({
    verdict: "not_enough_data",
    needed: 3,
    have: 2,
    thumbsDown: 11,
  });
  expect(await ask([...two, { up: false, comments: ["vague"] }])).toMatchObject({ verdict: "no_themes" });
  expect(await ask(two, { smallest: 2 })).toMatchObject({ verdict: "themes_found" });
});

test("a label that is an id makes no segments, and is said to", async () => {
  const store = memoryStore();
  const ids = Array.from({ length: 1_001 }, (_, at) => `r${at}`);
  await recordEvaluation(
    store,
    ids.map((requestId) => ({ requestId, metadata: { session: requestId } })),
  );
  await recordFeedback(
    store,
    ids.map(
      (requestId): FeedbackEventInput => ({
        requestId,
        type: "explicit_thumbs_down",
        value: true,
        reasons: ["slow"],
      }),
    ),
  );
  expect(await explainNegativeFeedback(store, { by: ["session"] })).toMatchObject({
    skipped: ["session"],
    themes: [{ feedback: 1_001, users: 1_001, segments: [] }],
  });
});

test("looks at the requests of a period, at no more themes than asked, and stops when told to", async () => {
  const all = times(9, (at) => ({ up: false, reasons: [at < 3 ? "slow" : "unsafe"] as const }));
  const until = new Date(Date.UTC(2026, 2, 1, 0, 3));
  expect((await themesOf(all, { until })).themes.map(({ label }) => label)).toEqual(["slow"]);
  expect((await themesOf(all, { limit: 1 })).themes.map(({ label }) => label)).toEqual(["unsafe"]);
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(themesOf(all, { signal })).rejects.toThrow("enough");
});

test("options that mean nothing are refused by name", async () => {
  const refused: readonly (readonly [string, ExplainOptions])[] = [
    ["limit", { limit: 0 }],
    ["examplesPerTheme", { examplesPerTheme: -1 }],
    ["smallest", { smallest: 1 }],
    ["humanThreshold", { humanThreshold: 0 }],
    ["q", { q: 1 }],
    ["confidence", { confidence: 1 }],
    ["until", { since: new Date(1), until: new Date(0) }],
  ];
  for (const [name, options] of refused)
    await expect(explainNegativeFeedback(memoryStore(), options)).rejects.toMatchObject({
      code: "INVALID_QUERY",
      message: expect.stringContaining(name),
    });
});
