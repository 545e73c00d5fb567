import type { FeedbackEvent } from "@heed/schema";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byTime } from "../time-order.ts";
import { foldStanding, humanScore, type StandingVote } from "./standing-votes.ts";

type Saying = { type: FeedbackEvent["type"]; value: FeedbackEvent["value"] };

const up = { type: "explicit_thumbs_up", value: true } as const;
const down = { type: "explicit_thumbs_down", value: true } as const;
const rating = (value: number) => ({ type: "explicit_rating", value }) as const;
const comment = (value: string) => ({ type: "explicit_text_comment", value }) as const;
const retraction = (value: "thumb" | "rating" | "comment") =>
  ({ type: "explicit_retraction", value }) as const;

/** An event by (what, who, when); `id` decides where times are equal. */
const event = (saying: Saying, userId: string | undefined, time: number, id = time): FeedbackEvent =>
  ({
    ...saying,
    ...(userId !== undefined && { userId }),
    requestId: "req-1",
    id: `01ARZ3NDEKTSV4RRFF${String(id).padStart(8, "0")}`,
    timestamp: new Date(Date.UTC(2026, 0, 1) + time),
  }) as FeedbackEvent;

const sayings: readonly Saying[] = [
  up,
  down,
  rating(1),
  rating(3.5),
  comment("first"),
  comment("second"),
  retraction("thumb"),
  retraction("rating"),
  retraction("comment"),
  { type: "implicit_usage", value: "copied" },
  { type: "implicit_discard", value: "undone" },
];

/** Few users and few moments, so that events meet. */
const histories = fc
  .array(
    fc.record({
      saying: fc.constantFrom(...sayings),
      userId: fc.constantFrom("user-1", "user-2", '{"anonymous":"x"}', undefined),
      time: fc.nat(5),
    }),
    { maxLength: 25 },
  )
  .map((all) => all.map(({ saying, userId, time }, id) => event(saying, userId, time, id)));

const kindOf = ({ type, value }: FeedbackEvent) =>
  type === "explicit_retraction"
    ? (value as string)
    : type.startsWith("explicit_thumbs")
      ? "thumb"
      : type.split("_").at(-1)!;

const isVote = ({ type }: FeedbackEvent) => type.startsWith("explicit_thumbs") || type === "explicit_rating";

/** Another reading of the law: a vote stands when nothing of its kind by its user came later. */
const stands = (vote: FeedbackEvent, history: readonly FeedbackEvent[]) =>
  !history.some(
    (other) =>
      vote.userId !== undefined &&
      other.userId === vote.userId &&
      kindOf(other) === kindOf(vote) &&
      byTime(other, vote) > 0 &&
      (isVote(vote) || other.type === "explicit_retraction"),
  );

describe("for any history", () => {
  test("order, repetition and interleaving change nothing", () => {
    const reordered = histories.chain((history) =>
      fc.tuple(
        fc.constant(history),
        fc.shuffledSubarray([...history, ...history, ...history], {
          minLength: history.length * 3,
          maxLength: history.length * 3,
        }),
      ),
    );
    fc.assert(
      fc.property(reordered, ([history, replayed]) => {
        expect(foldStanding(replayed)).toEqual(foldStanding(history));
      }),
    );
  });

  test("a user has at most one standing thumb and one standing rating", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const owned = foldStanding(history).votes.filter(({ userId }) => userId !== undefined);
        const keys = owned.map((vote) => `${kindOf(vote)} ${vote.userId}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  test("what stands is what nothing later of the same user replaced or took back, in order of time", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const standing = history.filter((one) => stands(one, history)).sort(byTime);
        expect(foldStanding(history)).toEqual({
          votes: standing.filter(isVote),
          comments: standing.filter(({ type }) => type === "explicit_text_comment"),
        });
      }),
    );
  });

  test("the given events are not changed", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const before = structuredClone(history);
        foldStanding(Object.freeze(history));
        expect(history).toEqual(before);
      }),
    );
  });
});

const typesOf = (events: readonly FeedbackEvent[]) => foldStanding(events).votes.map(({ type }) => type);

describe("retractions", () => {
  test("a later retraction removes the vote, an earlier one does not", () => {
    expect(typesOf([event(up, "user-1", 1), event(retraction("thumb"), "user-1", 2)])).toEqual([]);
    expect(typesOf([event(up, "user-1", 2), event(retraction("thumb"), "user-1", 1)])).toEqual([up.type]);
  });

  test("of two events of one moment the larger id is the later", () => {
    expect(typesOf([event(up, "user-1", 1, 1), event(retraction("thumb"), "user-1", 1, 2)])).toEqual([]);
    expect(typesOf([event(up, "user-1", 1, 2), event(retraction("thumb"), "user-1", 1, 1)])).toEqual([
      up.type,
    ]);
  });

  test("a vote after a retraction stands, and what the retraction removed stays away", () => {
    const history = [
      event(up, "user-1", 1),
      event(retraction("thumb"), "user-1", 2),
      event(down, "user-1", 3),
    ];
    expect(typesOf(history)).toEqual([down.type]);
  });

  test("taking back a thumb leaves the rating, the comments and other users alone", () => {
    const { votes, comments } = foldStanding([
      event(up, "user-1", 1),
      event(rating(4), "user-1", 2),
      event(comment("kept"), "user-1", 3),
      event(up, "user-2", 4),
      event(retraction("thumb"), "user-1", 5),
    ]);
    expect(votes.map(({ type, userId }) => [type, userId])).toEqual([
      ["explicit_rating", "user-1"],
      ["explicit_thumbs_up", "user-2"],
    ]);
    expect(comments.map(({ value }) => value)).toEqual(["kept"]);
  });

  test("taking back comments takes all of the user so far, and none of others or later ones", () => {
    const { comments } = foldStanding([
      event(comment("one"), "user-1", 1),
      event(comment("two"), "user-1", 2),
      event(comment("of user 2"), "user-2", 2, 9),
      event(retraction("comment"), "user-1", 3),
      event(comment("three"), "user-1", 4),
    ]);
    expect(comments.map(({ value }) => value)).toEqual(["of user 2", "three"]);
  });
});

test("anonymous events each stand alone, and nobody can take them back", () => {
  const history = [
    event(up, undefined, 1),
    event(up, undefined, 2),
    event(down, undefined, 3),
    event(comment("whose?"), undefined, 4),
    event(retraction("thumb"), undefined, 5),
    event(retraction("comment"), undefined, 6),
  ];
  expect(typesOf(history)).toEqual([up.type, up.type, down.type]);
  expect(foldStanding(history).comments).toHaveLength(1);
});

test("a user whose name is the id of an anonymous event is somebody else", () => {
  const anonymous = event(up, undefined, 1);
  expect(typesOf([anonymous, event(down, anonymous.id, 2)])).toEqual([up.type, down.type]);
});

describe("the human score", () => {
  const scoreOf = (...events: FeedbackEvent[]) => humanScore(foldStanding(events).votes);

  test("is 5 for a thumb up, 1 for a thumb down, and a rating as given", () => {
    expect(scoreOf(event(up, "user-1", 1))).toBe(5);
    expect(scoreOf(event(down, "user-1", 1))).toBe(1);
    expect(scoreOf(event(rating(2.5), "user-1", 1))).toBe(2.5);
  });

  test("is the mean of a user's thumb, a user's rating and everybody else's", () => {
    const score = scoreOf(event(up, "user-1", 1), event(rating(4), "user-1", 2), event(down, "user-2", 3));
    expect(score).toBeCloseTo(10 / 3, 13);
  });

  test("is null without a standing vote, and what users did never enters it", () => {
    expect(scoreOf()).toBeNull();
    expect(scoreOf(event({ type: "implicit_usage", value: "copied" }, "user-1", 1))).toBeNull();
    expect(scoreOf(event(comment("good"), "user-1", 1))).toBeNull();
    expect(scoreOf(event(up, "user-1", 1), event(retraction("thumb"), "user-1", 2))).toBeNull();
  });

  test("lies within 1 to 5 for any history", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const votes: readonly StandingVote[] = foldStanding(history).votes;
        const score = humanScore(votes);
        if (votes.length === 0) expect(score).toBeNull();
        else expect(score! >= 1 && score! <= 5).toBe(true);
      }),
    );
  });
});
