import { type FeedbackEventInput, newId } from "@heed/schema";
import { beforeEach, describe, expect, test } from "vitest";
import { recordEvaluation } from "../collect/record-evaluation.ts";
import { recordFeedback } from "../collect/record-feedback.ts";
import { memoryStore } from "../memory-store.ts";
import { randomSource } from "../stats/random-source.ts";
import type { Store } from "../store.ts";
import { flagSuspiciousFeedback, type SuspiciousOptions } from "./flag-suspicious-feedback.ts";

let store: Store;
beforeEach(() => {
  store = memoryStore();
});

const minute = 60_000;
const at = (ms: number): Date => new Date(Date.UTC(2026, 2, 2) + ms);

interface Said {
  readonly ms: number;
  readonly requestId: string;
  readonly userId?: string;
}
const comment = ({ ms, ...own }: Said, value: string): FeedbackEventInput => ({
  ...own,
  id: newId(),
  timestamp: at(ms),
  type: "explicit_text_comment",
  value,
});
const thumb = ({ ms, ...own }: Said, direction: "up" | "down" = "down"): FeedbackEventInput => ({
  ...own,
  id: newId(),
  timestamp: at(ms),
  type: `explicit_thumbs_${direction}`,
  value: true,
});
const times = <Item>(count: number, make: (at: number) => Item): Item[] =>
  Array.from({ length: count }, (_, place) => make(place));

const flag = async (feedback: readonly FeedbackEventInput[], options: SuspiciousOptions = {}) => {
  await recordFeedback(store, feedback);
  const answer = await flagSuspiciousFeedback(store, options);
  if (answer.verdict === "not_enough_data") throw new Error("not enough data");
  return answer;
};

const spam = "Never trust this assistant, it made everything up";
const nouns = ["refunds", "holidays", "train times", "the invoice", "a recipe", "the weather", "my visa"];
const verdicts = ["is out of date", "forgot the children", "was just right", "needs a source", "is too long"];
/** Comments that differ, of one user. */
const various = (count: number, userId: string, gapMs: number): FeedbackEventInput[] =>
  times(count, (place) =>
    comment(
      { ms: place * gapMs, requestId: `${userId} ${place}`, userId },
      `${nouns[place % 7]} ${verdicts[place % 5]} ${"abcdefghij"[place % 9]!.repeat(3 + (place % 4))}`,
    ),
  );

describe("near-duplicate comments", () => {
  test("in a burst from few users are flagged with the votes they came with, and count as one each user", async () => {
    const burst = times(10, (place) =>
      comment(
        { ms: place * minute, requestId: `r${place}`, userId: `spammer-${place % 2}` },
        `${spam} ${place}!`,
      ),
    );
    const votes = times(10, (place) =>
      thumb({ ms: place * minute + 5_000, requestId: `r${place}`, userId: `spammer-${place % 2}` }),
    );
    const others = [
      ...various(30, "honest", 7 * minute),
      thumb({ ms: 5_000, requestId: "r0", userId: "honest" }),
      thumb({ ms: 90 * minute, requestId: "r1", userId: "spammer-1" }),
    ];
    const answer = await flag([...burst, ...votes, ...others]);
    expect(answer.verdict).toBe("suspicious_feedback_found");
    expect(new Set(answer.feedback.map(({ feedbackId }) => feedbackId))).toEqual(
      new Set([...burst, ...votes].map(({ id }) => id)),
    );
    expect(answer.feedback[0]).toEqual({
      feedbackId: burst[0]!.id,
      requestId: "r0",
      userId: "spammer-0",
      kind: "comment",
      reasons: ["near_duplicate_burst"],
      weight: 0.2,
    });
    expect(answer.clusters).toEqual([
      {
        size: 10,
        feedbackIds: burst.map(({ id }) => id),
        users: 2,
        anonymous: 0,
        from: at(0),
        to: at(9 * minute),
        example: `${spam} 0!`,
        q: expect.any(Number),
      },
    ]);
    expect(answer.comments).toMatchObject({ n: 40, flagged: 10, rate: 0.25 });
    expect(answer.votes).toMatchObject({ n: 12, flagged: 10 });
  });

  test.each([
    ["without a user", () => ({})],
    ["of visitors without a name", (place: number) => ({ userId: `anonymous:${place}` })],
  ])("%s are one author", async (_, of) => {
    const burst = times(10, (place) =>
      comment({ ms: place * minute, requestId: `r${place}`, ...of(place) }, spam),
    );
    const answer = await flag([...burst, ...various(30, "honest", 60 * minute)]);
    expect(answer.clusters).toMatchObject([{ size: 10, users: 0, anonymous: 10 }]);
    expect(answer.feedback[0]!.weight).toBe(0.1);
  });

  const notFlagged: Readonly<Record<string, () => readonly FeedbackEventInput[]>> = {
    "of a reviewer who writes thirty different comments in an hour": () =>
      various(30, "reviewer", 2 * minute),
    "of many users": () =>
      times(30, (place) =>
        comment({ ms: place * minute, requestId: `r${place}`, userId: `user-${place}` }, spam),
      ),
    "of a user over weeks": () =>
      times(30, (place) =>
        comment({ ms: place * 60 * minute * 24, requestId: `r${place}`, userId: "user" }, spam),
      ),
    "that are four": () =>
      times(4, (place) => comment({ ms: place * minute, requestId: `r${place}`, userId: "user" }, spam)),
    "that are short": () =>
      times(20, (place) =>
        comment({ ms: place * minute, requestId: `r${place}`, userId: "user" }, "incorrect"),
      ),
    "that are no words": () =>
      times(20, (place) =>
        comment({ ms: place * minute, requestId: `r${place}`, userId: "user" }, "\u{1F44D}"),
      ),
    "that mark sentences of one output": () =>
      times(11, (place) => comment({ ms: place * minute, requestId: "r", userId: "user" }, spam)),
    "that a user always writes": () =>
      times(200, (place) =>
        comment(
          { ms: Math.floor(place / 6) * 24 * 60 * minute + place, requestId: `r${place}`, userId: "user" },
          spam,
        ),
      ).filter((_, place) => place < 6 || place % 6 < 4),
  };
  test.each(Object.entries(notFlagged))("%s are not flagged", async (_, feedback) => {
    const answer = await flag([...feedback(), ...various(100, "honest", 60 * minute)]);
    expect(answer).toMatchObject({ verdict: "none_found", feedback: [], clusters: [] });
  });

  test("of visitors of a busy site, who write the same every day, are not flagged; a campaign among them is", async () => {
    const random = randomSource(1);
    const usual = [
      "This was very helpful, thank you so much",
      "It does not work for me at all, please fix it",
    ];
    const days = times(14 * 500, (place) => {
      const ms = Math.floor(place / 500) * 24 * 60 * minute + random() * 12 * 60 * minute;
      const isUsual = random() < 0.1;
      const own = times(6, () => (random() * 2 ** 32).toString(36).replace(/\d/g, "x")).join(" ");
      return comment({ ms, requestId: `r${place}` }, isUsual ? usual[place % 2]! : own);
    });
    expect((await flag(days)).verdict).toBe("none_found");
    const campaign = times(20, (place) =>
      comment({ ms: 5 * 24 * 60 * minute + place * minute, requestId: `c${place}` }, spam),
    );
    expect((await flag(campaign)).comments.flagged).toBe(20);
  });

  test("short ones are flagged where there are very many", async () => {
    const burst = times(120, (place) =>
      comment({ ms: place * 20_000, requestId: `r${place}`, userId: "user" }, "bad answer!"),
    );
    const answer = await flag([...burst, ...various(100, "honest", 60 * minute)]);
    expect(answer.comments.flagged).toBe(120);
  });

  test("two campaigns of one author at once are two clusters", async () => {
    const other = "Everybody should use this model for homework, five stars";
    const burst = times(20, (place) =>
      comment({ ms: place * minute, requestId: `r${place}`, userId: "user" }, place % 2 ? spam : other),
    );
    const answer = await flag([...burst, ...various(30, "honest", 60 * minute)]);
    expect(answer.clusters.map(({ example }) => example).sort()).toEqual([other, spam].sort());
    expect(answer.comments.flagged).toBe(20);
  });
});

describe("votes at machine speed", () => {
  const run = (userId: string, count: number, gapMs: number, requestOf = (place: number) => `r${place}`) =>
    times(count, (place) => thumb({ ms: place * gapMs, requestId: requestOf(place), userId }));

  test("are runs of five requests, each less than a second after the one before, and count for nothing", async () => {
    const answer = await flag([...run("bot", 5, 999), ...run("human", 50, 1_000)]);
    expect(answer.feedback.map(({ userId, reasons, weight }) => ({ userId, reasons, weight }))).toEqual(
      times(5, () => ({ userId: "bot", reasons: ["machine_speed"], weight: 0 })),
    );
  });

  test("are neither double clicks, nor two outputs side by side, nor four at once", async () => {
    const answer = await flag([
      ...run("clicker", 40, 200, (place) => `r${Math.floor(place / 20)}`),
      ...times(20, (place) =>
        thumb({
          ms: Math.floor(place / 2) * minute + (place % 2) * 500,
          requestId: `p${place}`,
          userId: "pairs",
        }),
      ),
      ...run("quick", 4, 100),
    ]);
    expect(answer.verdict).toBe("none_found");
  });

  test("are those right after the output was there, where others take their time", async () => {
    const bot = times(6, (place) =>
      thumb({ ms: place * minute + 300, requestId: `b${place}`, userId: "bot" }),
    );
    const human = times(6, (place) =>
      thumb({ ms: place * minute + 9_000, requestId: `h${place}`, userId: "human" }),
    );
    await recordEvaluation(
      store,
      times(6, (place) => place).flatMap((place) =>
        ["b", "h"].map((name) => ({ requestId: `${name}${place}`, timestamp: at(place * minute) })),
      ),
    );
    const answer = await flag([...bot, ...human]);
    expect(answer.feedback.map(({ userId }) => userId)).toEqual(times(6, () => "bot"));
  });

  test("are not those right after the log where everybody's are: it is written with the vote", async () => {
    const votes = times(12, (place) =>
      thumb({ ms: place * minute + 1, requestId: `r${place}`, userId: `user-${place % 2}` }),
    );
    await recordEvaluation(
      store,
      times(12, (place) => ({ requestId: `r${place}`, timestamp: at(place * minute) })),
    );
    expect((await flag(votes)).verdict).toBe("none_found");
  });

  test("are those on outputs that were hardly visible", async () => {
    const votes = times(6, (place) => thumb({ ms: place * minute, requestId: `r${place}`, userId: "bot" }));
    const human = times(6, (place) => thumb({ ms: place * minute, requestId: `r${place}`, userId: "human" }));
    const seen = ["bot", "human"].flatMap((userId) =>
      times(
        12,
        (place): FeedbackEventInput => ({
          type: "implicit_exposure",
          value: { visibleMs: userId === "bot" ? 100 : 600, activeMs: 0 },
          requestId: `r${place % 6}`,
          userId,
        }),
      ),
    );
    const answer = await flag([...votes, ...human, ...seen]);
    expect(new Set(answer.feedback.map(({ userId }) => userId))).toEqual(new Set(["bot"]));
  });

  test("cannot be told where most users look like machines, as after an import", async () => {
    const answer = await flag(times(10, (place) => run(`user-${place}`, 6, 1)).flat());
    expect(answer.verdict).toBe("none_found");
    expect(answer.checks.machineSpeed).toEqual({ verdict: "unusable_times", users: 10 });
  });
});

describe("users out of line", () => {
  /** Votes on 40 requests, 3 in 4 of them good, that users see right 9 times in 10. */
  const peers = (users: number, seed = 1): FeedbackEventInput[] => {
    const random = randomSource(seed);
    return times(users, (user) =>
      times(40, (place) => {
        const isGood = place % 4 > 0;
        const isRight = random() < 0.9;
        const said = { ms: place * minute, requestId: `r${place}`, userId: `user-${user}` };
        return thumb(said, isGood === isRight ? "up" : "down");
      }),
    ).flat();
  };
  const odd = (vote: (isGood: boolean) => "up" | "down", count = 40): FeedbackEventInput[] =>
    times(count, (place) =>
      thumb({ ms: place * minute, requestId: `r${place}`, userId: "odd" }, vote(place % 4 > 0)),
    );

  test("are found by saying the opposite, and their votes count for 1.345 / z", async () => {
    const answer = await flag([...peers(12), ...odd((isGood) => (isGood ? "down" : "up"))]);
    expect(answer.users).toMatchObject([{ userId: "odd", requests: 40, way: "contrary" }]);
    expect(answer.users[0]!.points).toBeGreaterThan(2);
    expect(answer.feedback).toHaveLength(40);
    expect(answer.feedback[0]).toMatchObject({
      userId: "odd",
      kind: "thumb",
      reasons: ["out_of_line"],
      weight: 1.345 / answer.users[0]!.z,
    });
    expect(answer.checks.outOfLine).toEqual({ verdict: "judged", users: 13 });
  });

  test.each([
    ["harsher", "down"],
    ["kinder", "up"],
  ] as const)("are found by being far %s than all others", async (way, direction) => {
    // As many good requests as bad ones: always the same is not mostly the opposite.
    const half = peers(12, 2).filter(({ requestId }) => Number(requestId.slice(1)) % 4 < 2);
    const own = odd(() => direction, 40).filter(({ requestId }) => Number(requestId.slice(1)) % 4 < 2);
    const answer = await flag([...half, ...own]);
    expect(answer.users).toMatchObject([{ userId: "odd", requests: 20, way }]);
    expect(Math.sign(answer.users[0]!.points)).toBe(way === "kinder" ? 1 : -1);
  });

  test("are there by chance in at most 5 worlds of 50 where all are of a kind", async () => {
    let worlds = 0;
    for (const seed of times(50, (place) => place + 1)) {
      store = memoryStore();
      const { users } = await flag(peers(15, seed));
      worlds += Math.min(1, users.length);
    }
    expect(worlds).toBeLessThanOrEqual(5);
  });

  test("are not looked for among fewer than ten, nor by fewer than 20 shared requests", async () => {
    const contrary = odd((isGood) => (isGood ? "down" : "up"));
    expect((await flag([...peers(8), ...contrary])).checks.outOfLine).toEqual({
      verdict: "too_few_users",
      users: 9,
    });
    store = memoryStore();
    const few = await flag([...peers(12), ...contrary.slice(0, 19)]);
    expect(few).toMatchObject({ users: [], checks: { outOfLine: { users: 12 } } });
  });
});

test("the period is that of the feedback", async () => {
  const burst = times(10, (place) =>
    comment({ ms: place * minute, requestId: `r${place}`, userId: "user" }, spam),
  );
  const later = various(10, "honest", minute).map((event) => ({ ...event, timestamp: at(1e9) }));
  expect((await flag([...burst, ...later], { since: at(1e9) })).verdict).toBe("none_found");
  const answer = await flag([], { until: at(1e9) });
  expect(answer.comments.n).toBe(10);
});

test("fewer than five pieces of feedback are not enough", async () => {
  await recordFeedback(store, various(4, "user", minute));
  expect(await flagSuspiciousFeedback(store)).toEqual({ verdict: "not_enough_data", needed: 5, have: 4 });
});

test("tells how much was read, and stops where it is told to", async () => {
  const told: number[] = [];
  await flag(various(12, "user", minute), { onProgress: (events) => told.push(events) });
  expect(told.at(-1)).toBe(12);
  const reason = new Error("enough");
  await expect(flagSuspiciousFeedback(store, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test.each([
  { similarity: 0 },
  { similarity: 1.1 },
  { smallestCluster: 1 },
  { burstMs: -1 },
  { fewUsers: 0 },
  { fastestMs: Number.NaN },
  { smallestRun: 1.5 },
  { minVotes: 1 },
  { q: 0 },
  { since: at(1), until: at(0) },
])("refuses %o, by the name of the option", async (options) => {
  await expect(flagSuspiciousFeedback(store, options)).rejects.toMatchObject({
    code: "INVALID_QUERY",
    message: expect.stringContaining(Object.keys(options).at(-1)!),
  });
});
