import { findSegments, type SegmentOptions } from "@heed/core";
import { expect, test } from "vitest";
import { times, type VotedRequest, votedStore } from "../voted-store.ts";
import { describeSegments } from "./describe-segments.ts";

const textOf = async (requests: readonly VotedRequest[], options: SegmentOptions): Promise<string> =>
  describeSegments(await findSegments(await votedStore(requests), options), options);

const requests = times(160, (at): VotedRequest => {
  const isRefund = at % 4 === 0;
  return {
    evalScores: { overall: 0.8 },
    metadata: { topic: isRefund ? "refunds" : "other", session: `s${at}` },
    votes: [["u", isRefund ? 1 + (at % 3) : 3 + (at % 3)]],
  };
});

test("shows each segment beside the others, with n, interval and requests to look at", async () => {
  const text = await textOf(requests, { by: ["topic"], examples: 2 });
  expect(text).toContain("What users say, by segment: 160 voted requests, 2 comparisons");
  expect(text).toMatch(/2 segments differ from all others; the surest is topic=(refunds|other): users are/);
  expect(text).toMatch(
    /\d {2}topic=refunds +40 +1\.98 +4\.00 +-2\.\d\d +-2\.\d\d to -1\.\d\d +\S+ +\d\d\.\d %\n/,
  );
  expect(text).toMatch(/ {2}\d {2}topic=refunds\n {5}r\d+\n {5}r\d+\n/);
  expect(text).toContain("look again at fresh data");
});

test("a gap is told of as kindness of the evaluator", async () => {
  const text = await textOf(requests, { by: ["topic"], metric: "gap" });
  expect(text).toContain('How far score "overall" is above what users say, by segment');
  expect(text).toMatch(/the evaluator is (kinder|harsher) there by \d\.\d\d points/);
});

test("names that a table has no room for stand in full below it", async () => {
  const long = requests.map((request, at) => ({
    ...request,
    metadata: { topic: at % 4 === 0 ? `refunds ${"of goods ".repeat(4)}` : "other" },
  }));
  const text = await textOf(long, { by: ["topic"] });
  expect(text).toMatch(/\d {2}topic=refunds of goods o… /);
  expect(text).toMatch(/\d {2}topic=refunds of goods of goods of goods of goods\s*\n {5}r\d/);
});

test("that none differs, or that there is too little, is said", async () => {
  const same = times(120, (at) => ({
    metadata: { topic: at % 2 ? "a" : "b" },
    votes: [["u", 1 + (Math.floor(at / 2) % 5)] as const],
  }));
  expect(await textOf(same, { by: ["topic"] })).toContain(
    "No segment differs from the others beyond chance.",
  );
  expect(await textOf(same.slice(0, 20), { by: ["topic"] })).toContain(
    "Not enough data: a segment and all others need 30 voted requests each, and the smaller of the two has 10 at most.",
  );
});

test("that all are alike is said, of votes and of gaps", async () => {
  const alike = times(80, (at) => ({
    evalScores: { overall: 0.8 },
    metadata: { topic: at % 2 ? "a" : "b" },
    votes: [["u", 4] as const],
  }));
  expect(await textOf(alike, { by: ["topic"] })).toContain(
    "What users say, by segment: 80 voted requests\nNothing to compare: users say the same of every request.\n",
  );
  expect(await textOf(alike, { by: ["topic"], metric: "gap" })).toContain(
    "Nothing to compare: the evaluator is everywhere as far from the users.",
  );
});

test("a segment that is all alike beside others that are too has no interval, and it is said why", async () => {
  const constant = times(80, (at) => ({
    metadata: { topic: at % 2 ? "a" : "b" },
    votes: [["u", at % 2 ? 5 : 1] as const],
  }));
  const text = await textOf(constant, { by: ["topic"] });
  expect(text).toMatch(/topic=a +40 +5\.00 +1\.00 +\+4\.00 +- +\d\.\de-\d\d +0\.0 %\n/);
  expect(text).toContain("q is by Fisher's exact test");
  expect(await textOf(requests, { by: ["topic"] })).not.toContain("Fisher");
});

test("labels with too many values to be segments are named", async () => {
  const ids = times(1_002, (at) => ({ metadata: { session: `s${at}` }, votes: [["u", 5] as const] }));
  expect(await textOf(ids, { by: ["session"] })).toContain(
    "Not compared, as they have more values than segments do: session.",
  );
});
