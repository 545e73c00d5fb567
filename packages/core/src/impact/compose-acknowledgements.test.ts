import type { FeedbackEventInput } from "@heed/schema";
import { expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { randomSource } from "../stats/random-source.ts";
import type { Store } from "../store.ts";
import { type AcknowledgementOptions, composeAcknowledgements } from "./compose-acknowledgements.ts";
import { day, storeOf, type Told } from "./fixtures/store-of.ts";
import { measureImprovementFromChange } from "./measure-improvement-from-change.ts";
import { recordAcknowledgement } from "./record-acknowledgement.ts";
import { recordChange } from "./record-change.ts";

const change = "prompt v2";
const shipped = { change, timestamp: day(10) };

/** What was said of a request: of `date` too, unless it says another. */
type Said = readonly [requestId: string, date: number, userId: string | undefined, what: object];

/** A store with a change on the tenth, and this said; each request happened on the day that it was first spoken of. */
const saying = async (
  said: readonly Said[],
  labels: Readonly<Record<string, string>> = {},
): Promise<Store> => {
  const store = memoryStore();
  await recordChange(store, shipped);
  for (const [requestId, first] of new Map(said.toReversed().map(([id, date]) => [id, date])))
    await recordEvaluation(store, {
      requestId,
      timestamp: day(first),
      ...(labels[requestId] !== undefined && { metadata: { topic: labels[requestId] } }),
    });
  await recordFeedback(
    store,
    said.map(
      ([requestId, date, userId, what]) =>
        ({ requestId, ...(userId && { userId }), timestamp: day(date), ...what }) as FeedbackEventInput,
    ),
  );
  return store;
};

const down = (...reasons: readonly string[]) => ({
  type: "explicit_thumbs_down",
  value: true,
  ...(reasons.length > 0 && { reasons }),
});
const up = { type: "explicit_thumbs_up", value: true };
const rated = (value: number) => ({ type: "explicit_rating", value });
const comment = (value: string) => ({ type: "explicit_text_comment", value });
const takenBack = (value: string) => ({ type: "explicit_retraction", value });

const compose = (store: Store, options: Partial<AcknowledgementOptions> = {}) =>
  composeAcknowledgements(store, { change, ...options });
const composed = async (store: Store, options?: Partial<AcknowledgementOptions>) => {
  const answer = await compose(store, options);
  if (answer.verdict !== "composed") throw new Error(answer.verdict);
  return answer;
};

test("whoever spoke against an output before the change is thanked for what they said", async () => {
  const store = await saying([
    ["req-1", 2, "ada", down("incorrect", "too_long")],
    ["req-1", 2, "ada", comment("The second step is wrong.")],
    ["req-1", 3, "ben", rated(2)],
    ["req-2", 4, "ada", down("incorrect")],
    ["req-2", 4, "cleo", up],
  ]);
  const { users, visitors, changes } = await composed(store);
  expect(users).toMatchObject([
    {
      userId: "ada",
      behind: [
        {
          change,
          votes: 2,
          requestIds: ["req-1", "req-2"],
          reasons: ["incorrect", "too_long"],
          comments: [{ requestId: "req-1", text: "The second step is wrong." }],
        },
      ],
      message:
        "Thank you for your feedback on 2 answers (incorrect, too long). We changed: prompt v2. It is too early to say what that did.",
    },
    {
      userId: "ben",
      behind: [{ votes: 1, requestIds: ["req-1"], reasons: [], comments: [] }],
      message: expect.stringContaining("Thank you for your feedback on an answer. "),
    },
  ]);
  expect(visitors).toEqual([]);
  expect(changes).toMatchObject([
    {
      ...shipped,
      feedback: {
        ...{ votes: 3, requests: 2, users: 2, visitors: 0, anonymousVotes: 0, comments: 1 },
        reasons: { incorrect: 2, too_long: 1 },
      },
    },
  ]);
});

test("visitors are given apart, and those of whom nothing is known are counted", async () => {
  const store = await saying([
    ["req-1", 2, "anonymous:1", down()],
    ["req-1", 2, undefined, down()],
    ["req-1", 2, undefined, rated(1)],
    ["req-1", 2, undefined, comment("of nobody")],
  ]);
  const { users, visitors, mails, changes } = await composed(store, { optedIn: () => true });
  expect(users).toEqual([]);
  expect(mails).toEqual([]);
  expect(visitors).toMatchObject([{ userId: "anonymous:1", behind: [{ votes: 1 }] }]);
  expect(changes[0]!.feedback).toMatchObject({
    votes: 3,
    users: 0,
    visitors: 1,
    anonymousVotes: 2,
    comments: 0,
  });
});

test("behind a change is what stood before it, and still does", async () => {
  const store = await saying([
    ["taken-back", 2, "ada", down()],
    ["taken-back", 12, "ada", takenBack("thumb")],
    ["shared", 2, "cleo", down()],
    ["shared", 2, "cleo", comment("stays")],
    ["shared", 2, "gil", down()],
    ["shared", 2, "gil", comment("of a vote that was taken back")],
    ["shared", 12, "gil", takenBack("thumb")],
    ["shared", 2, "hal", up],
    ["shared", 2, "hal", comment("of a vote in favour")],
    ["changed-my-mind", 2, "ben", down()],
    ["changed-my-mind", 3, "ben", up],
    ["again", 2, "cleo", down()],
    ["again", 12, "cleo", down()],
    ["too-late", 2, "dan", up],
    ["too-late", 12, "dan", down()],
    ["after", 12, "eve", down()],
    ["words-taken-back", 2, "fay", down()],
    ["words-taken-back", 2, "fay", comment("gone")],
    ["words-taken-back", 12, "fay", takenBack("comment")],
  ]);
  const { users, changes } = await composed(store);
  expect(users).toMatchObject([
    { userId: "cleo", behind: [{ requestIds: ["again", "shared"], comments: [{ text: "stays" }] }] },
    { userId: "fay", behind: [{ requestIds: ["words-taken-back"], comments: [] }] },
  ]);
  expect(changes[0]!.feedback).toMatchObject({ votes: 3, comments: 1 });
});

test("a change for a segment has the feedback on that segment behind it", async () => {
  const store = await saying(
    [
      ["req-1", 2, "ada", down()],
      ["req-2", 2, "ben", down()],
      ["req-3", 2, "cleo", down()],
    ],
    { "req-1": "refunds", "req-2": "orders" },
  );
  await recordChange(store, { ...shipped, change: "refunds", segment: { label: "topic", value: "refunds" } });
  const { users } = await composed(store, { change: "refunds" });
  expect(users.map(({ userId }) => userId)).toEqual(["ada"]);
});

test("reasons, requests and a beginning narrow the feedback, and the threshold says what is negative", async () => {
  const store = await saying([
    ["req-1", 2, "ada", down("slow", "incorrect")],
    ["req-2", 3, "ben", down("incorrect")],
    ["req-3", 4, "cleo", rated(1)],
    ["req-4", 5, "dan", rated(3)],
  ]);
  const usersWith = async (options: Partial<AcknowledgementOptions>) =>
    (await composed(store, options)).users.map(({ userId }) => userId);
  expect(await usersWith({})).toEqual(["ada", "ben", "cleo"]);
  expect(await usersWith({ feedback: { reasons: ["slow", "refused"] } })).toEqual(["ada"]);
  expect(await usersWith({ feedback: { requestIds: ["req-2", "req-4"] } })).toEqual(["ben"]);
  expect(await usersWith({ since: day(3) })).toEqual(["ben", "cleo"]);
  expect(await usersWith({ humanThreshold: 3.5 })).toEqual(["ada", "ben", "cleo", "dan"]);
});

test("of several changes of a name the latest counts, and requests that were never logged do not", async () => {
  const store = await saying([["req-1", 12, "ada", down()]]);
  await recordFeedback(store, {
    requestId: "elsewhere",
    userId: "ben",
    timestamp: day(1),
    type: "explicit_rating",
    value: 1,
  });
  expect(await compose(store)).toMatchObject({
    verdict: "nobody_to_thank",
    changes: [{ feedback: { votes: 0 } }],
  });
  await recordChange(store, { change, timestamp: day(20) });
  expect((await composed(store)).users.map(({ userId }) => userId)).toEqual(["ada"]);
  expect(await compose(store, { since: day(20) })).toMatchObject({ verdict: "nobody_to_thank" });
});

test("a change that is not recorded is named, whatever others are, and telling users of one makes none", async () => {
  const store = await saying([["req-1", 2, "ada", down()]]);
  await recordAcknowledgement(store, { change: "prompt v3" });
  expect(await compose(store, { change: [change, "prompt v3"] })).toEqual({
    verdict: "no_such_change",
    missing: ["prompt v3"],
  });
});

test("that users were told of the change is in the answer", async () => {
  const store = await saying([["req-1", 2, "ada", down()]]);
  expect((await composed(store)).changes[0]!.acknowledgedAt).toBeNull();
  for (const date of [9, 15, 12]) await recordAcknowledgement(store, { change, timestamp: day(date) });
  expect((await composed(store)).changes[0]!.acknowledgedAt).toEqual(day(12));
});

const ratings = (before: readonly number[], after: readonly number[], topic?: string): readonly Told[] => [
  ...before.map((rating) => ({ date: 5, rating, score: rating / 5, ...(topic && { labels: { topic } }) })),
  ...after.map((rating) => ({ date: 15, rating, score: rating / 5, ...(topic && { labels: { topic } }) })),
];

/** What is said of a change on the tenth, where these were the ratings. */
const told = async (requests: readonly Told[], segment?: { label: string; value: string }) => {
  const store = await storeOf(requests);
  await recordChange(store, { ...shipped, ...(segment && { segment }) });
  const answer = await compose(store);
  if (answer.verdict === "no_such_change") throw new Error(answer.verdict);
  const { effects, text } = answer.changes[0]!;
  return { store, effects, text };
};

test("an improvement that the interval shows is told with its numbers, as it was measured", async () => {
  const { store, effects, text } = await told(ratings([1, 2, 1, 2, 1], [4, 5, 4, 5, 5]));
  const measured = await measureImprovementFromChange(store, {
    ...{ change, beforeDate: day(10), afterDate: day(10), metric: "humanScore" },
  });
  if (!("ci" in measured)) throw new Error(measured.verdict);
  const { verdict, before, after, difference, ci } = measured;
  expect(effects.humanScore).toEqual({
    ...{ metric: "humanScore", claim: "improved", verdict, before, after, difference, ci },
  });
  expect(effects.score).toMatchObject({ metric: "score", claim: "improved" });
  expect(text).toBe(
    "We changed: prompt v2. Since then, users rate the answers higher: 4.60 of 5 on average, 1.40 before (95 % interval of the difference: +2.40 to +4.00).",
  );
});

test("a worsening is told as one, and what the interval does not show as no clear change", async () => {
  const worse = await told(ratings([4, 5, 4, 5, 5], [1, 2, 1, 2, 1]));
  expect(worse.effects.humanScore.claim).toBe("worsened");
  expect(worse.text).toContain("users rate the answers lower: 1.40 of 5 on average, 4.60 before");
  const unclear = await told(ratings([1, 4, 2, 5], [2, 5, 2, 5]));
  expect(unclear.effects.humanScore.claim).toBe("no_clear_change");
  expect(unclear.text).toMatch(
    /So far there is no clear change in how users rate .+ interval of the difference: -\S+ to \+/,
  );
  const hardly = await told(ratings([1, 4], [2, 5, 2, 5]));
  expect(hardly.effects.humanScore).toMatchObject({ claim: "no_clear_change", before: { n: 2 } });
  expect(hardly.text).toContain("It is too early to say what that did.");
  const constant = await told(ratings([2, 2], [2, 2]));
  expect(constant.effects.humanScore).toMatchObject({
    verdict: "no_variation",
    claim: "no_clear_change",
    ci: null,
  });
  const turned = await told(ratings([1, 1, 1, 1, 1], [5, 5, 5, 5, 5]));
  expect(turned.effects.humanScore).toMatchObject({ claim: "improved", ci: null });
  expect(turned.text).toContain("higher: 5.00 of 5 on average, 1.00 before.");
});

test("too few votes after a change say nothing yet, and the automatic score speaks where there is one", async () => {
  const votes = ratings([1, 2, 1, 2, 1], []);
  const early = await told(votes);
  expect(early.effects.humanScore).toMatchObject({ claim: "not_measured", before: null, difference: null });
  expect(early.text).toContain("It is too early to say what that did.");
  const scored = [0.8, 0.9, 0.8, 0.9].map((score) => ({ date: 15, score }));
  const { text } = await told([...votes, ...scored]);
  expect(text).toContain("our automatic score rates the answers higher: 0.85 on average, 0.28 before");
});

test("what comes by itself to a segment that did badly is not claimed for the change", async () => {
  const segment = { label: "topic", value: "refunds" };
  const refunds = ratings([1, 2, 1, 2, 1], [4, 5, 4, 5, 5], "refunds");
  const alone = await told(refunds, segment);
  expect(alone.effects.humanScore).toMatchObject({ verdict: "improved", claim: "may_come_by_itself" });
  expect(alone.text).toContain("How much of that the change did cannot be told");
  const others = ["orders", "parts", "bills"].flatMap((topic, at) =>
    ratings(times(40, at % 2 === 0 ? [4, 5] : [3, 4]), [], topic),
  );
  const besideOthers = await told([...refunds, ...others], segment);
  expect(besideOthers.effects.humanScore).toMatchObject({ verdict: "improved", claim: "improved" });
});

const times = (count: number, values: readonly number[]): readonly number[] =>
  Array.from({ length: count }, (_, at) => values[at % values.length]!);

test("where there is no difference, an improvement is claimed in no more than the interval's share of worlds", async () => {
  let claimed = 0;
  const random = randomSource(11);
  for (let world = 0; world < 200; world++) {
    const draw = () => Array.from({ length: 30 }, () => 1 + Math.floor(random() * 5));
    if ((await told(ratings(draw(), draw()))).text.includes("higher")) claimed++;
  }
  // One side of 95 %: 2.5 % of 200 are 5, and more than 12 come once in 500 times.
  expect(claimed).toBeLessThanOrEqual(12);
});

test("mail is opt-in: one for each user who wants it, of all changes together", async () => {
  const store = await saying([
    ["req-1", 2, "ada", down("slow")],
    ["req-2", 12, "ada", down("incorrect")],
    ["req-3", 12, "ben", down()],
  ]);
  await recordChange(store, { change: "prompt v3", timestamp: day(20) });
  const both = { change: ["prompt v3", change, change] };
  expect((await composed(store, both)).mails).toEqual([]);
  const { mails } = await composed(store, { ...both, optedIn: async (userId) => userId === "ada" });
  // What was said before the first change is behind the second, too.
  expect(mails).toEqual([
    {
      userId: "ada",
      subject: "What came of your feedback: 2 changes",
      text: `Thank you for your feedback on 2 answers (slow, incorrect).

We changed: prompt v2. It is too early to say what that did.

We changed: prompt v3. It is too early to say what that did.
`,
    },
  ]);
  const ofOne = await composed(store, { optedIn: () => true });
  expect(ofOne.mails).toMatchObject([{ userId: "ada", subject: "What came of your feedback: prompt v2" }]);
});

test("names cannot break a subject, a line or a feed", async () => {
  const hostile = "v2\u2028Bcc: all@example.com\u0085</title>";
  const store = await saying([["req-1", 2, "ada", down()]]);
  await recordChange(store, { change: hostile, timestamp: day(10) });
  const { mails, users, changes } = await composed(store, { change: hostile, optedIn: () => true });
  const breaking = /[\p{Cc}\p{Zl}\p{Zp}]/u;
  for (const line of [mails[0]!.subject, users[0]!.message, changes[0]!.text])
    expect(line).not.toMatch(breaking);
  expect(mails[0]!.text).not.toMatch(/[^\P{Cc}\n]|[\p{Zl}\p{Zp}]/u);
  expect(changes[0]!.item).toMatchObject({ title: hostile, guid: changes[0]!.id, pubDate: day(10) });
});

test("the recorded reason is for the team: it is among the facts, and in no text", async () => {
  const store = await saying([["req-1", 2, "ada", down()]]);
  await recordChange(store, { change: "prompt v3", timestamp: day(11), reason: "ask legal first" });
  const answer = await composed(store, { change: "prompt v3", optedIn: () => true });
  expect(answer.changes[0]!.reason).toBe("ask legal first");
  const { text, item } = answer.changes[0]!;
  expect(JSON.stringify([answer.users, answer.mails, text, item])).not.toContain("legal");
});

test("options that mean nothing are refused", async () => {
  for (const options of [
    { change: "" },
    { change: [] },
    { change: [1] as unknown as string[] },
    { humanThreshold: 6 },
    { confidence: 0 },
    { since: day(2), until: day(1) },
    { feedback: { reasons: "slow" as unknown as ["slow"] } },
    { feedback: { requestIds: "req-1" as unknown as string[] } },
    { feedback: null as unknown as object },
  ])
    await expect(compose(memoryStore(), options)).rejects.toMatchObject({ code: "INVALID_QUERY" });
});
