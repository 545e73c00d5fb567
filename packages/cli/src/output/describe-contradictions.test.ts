import { type ContradictionOptions, findContradictions } from "@heed/core";
import { expect, test } from "vitest";
import { times, type VotedRequest, votedStore } from "../voted-store.ts";
import { describeContradictions } from "./describe-contradictions.ts";

const textOf = async (
  requests: readonly VotedRequest[],
  options: ContradictionOptions = {},
): Promise<string> =>
  describeContradictions(await findContradictions(await votedStore(requests), options), options);

/** A request of one user, of a cohort and a topic. */
const request = (at: number, userCohort: string, topic: string, rating: number): VotedRequest => ({
  metadata: { userCohort, topic },
  votes: [[`u${at}`, rating]],
});

const byTopic = { across: "topic" };

test("shows what one group likes and another dislikes, each with counts and interval", async () => {
  const text = await textOf(
    [
      ...times(10, (at) => request(at, "new", "refunds", 5)),
      ...times(10, (at) => request(100 + at, "power", "refunds", at === 0 ? 5 : 1)),
      ...times(10, (at) => request(200 + at, "new", "sizing", 5)),
      ...times(10, (at) => request(300 + at, "power", "sizing", 5)),
      request(400, "new", "sizing", 3),
      { votes: [["nobody", 1]], metadata: { topic: "sizing" } },
      { votes: [["somebody", 1]], metadata: { userCohort: "new" } },
    ],
    byTopic,
  );
  expect(text).toContain("Verdicts of users by userCohort, on each topic: 2 compared");
  expect(text).toContain(
    "Groups contradict each other on one; the surest is refunds, liked by new and disliked by power.",
  );
  expect(text).toMatch(/ {2}refunds {2}\(q \S+\)\n +liked +disliked +share +95 % interval\n/);
  expect(text).toMatch(
    / {4}new +10 +0 +100\.0 % +72\.2 to 100\.0 %\n {4}power +1 +9 +10\.0 % +1\.8 to 40\.4 %\n/,
  );
  expect(text).toMatch(
    /Who say the opposite: \d+\.\d % of two users of one group, \d+\.\d % of two of different/,
  );
  expect(text).toContain("Votes left out: 1 of users without a userCohort, 1 on requests without a topic.");
  expect(text).toContain("1 verdict neither good nor bad: not counted.");
});

test("says whether users disagree, just not by group", async () => {
  const noisy = times(60, (at) => request(at, at % 2 ? "new" : "power", "sizing", at % 4 < 2 ? 5 : 1));
  expect(await textOf(noisy, byTopic)).toContain("users disagree, but not by group beyond chance");
  const happy = times(60, (at) => request(at, at % 2 ? "new" : "power", "sizing", 5));
  expect(await textOf(happy, byTopic)).toContain("No contradiction: wherever they can be compared");
});

/** So many users of a cohort, of whom the first like the topic and the others do not. */
const cohort = (first: number, name: string, topic: string, n: number, liked: number) =>
  times(n, (at) => request(first + at, name, topic, at < liked ? 5 : 1));

test("says that groups only like something more or less, and shows where", async () => {
  const text = await textOf(
    [...cohort(0, "new", "sizing", 20, 20), ...cohort(20, "power", "sizing", 20, 12)],
    byTopic,
  );
  expect(text).toContain(
    "No contradiction: groups differ beyond chance on one, but only in degree; the surest is sizing, liked by more of new than of power.",
  );
  expect(text).toMatch(
    / {2}sizing {2}\(q 0\.\d{3}\)\n.+\n {4}new +20 +0 +100\.0 % .+\n {4}power +12 +8 +60\.0 % /,
  );
  expect(text).not.toContain("Groups that differ only in degree:");
  expect(text).toContain("q is the p-value");
});

test("shows differences of degree below the contradictions", async () => {
  const text = await textOf(
    [
      ...cohort(0, "new", "sizing", 30, 30),
      ...cohort(100, "power", "sizing", 30, 18),
      ...cohort(200, "new", "refunds", 10, 10),
      ...cohort(300, "power", "refunds", 10, 1),
    ],
    byTopic,
  );
  expect(text).toMatch(
    /on one; the surest is refunds[\s\S]+\n {2}refunds {2}\(q [\s\S]+\n\nGroups that differ only in degree:\n\n {2}sizing {2}\(q /,
  );
});

test("says what is missing where nobody can be compared", async () => {
  expect(await textOf([])).toContain(
    "Not enough data: no request has 5 verdicts from each of two groups of users; the smaller of the two has 0 at most.",
  );
  expect(await textOf([request(0, "new", "sizing", 5)])).toContain(
    "Nobody to contradict: all votes are of userCohort new.",
  );
});

test("shows the ten surest, and how many more there are", async () => {
  const many = times(12, (topic) =>
    times(16, (at) => request(at, at % 2 ? "new" : "power", `t${topic}`, at % 2 ? 5 : 1)),
  ).flat();
  const text = await textOf(many, byTopic);
  expect(text.match(/^ {2}t\d+ {2}\(q /gm)).toHaveLength(10);
  expect(text).toContain("2 more: see --json.");
});
