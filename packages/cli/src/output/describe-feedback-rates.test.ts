import { computeFeedbackRateByCohort, type FeedbackRateOptions } from "@heed/core";
import { expect, test } from "vitest";
import { times, type VotedRequest, votedStore } from "../voted-store.ts";
import { describeFeedbackRates } from "./describe-feedback-rates.ts";

const textOf = async (
  requests: readonly VotedRequest[],
  options: FeedbackRateOptions = {},
): Promise<string> =>
  describeFeedbackRates(await computeFeedbackRateByCohort(await votedStore(requests), options), options);

const requestsOf = (userCohort: string | undefined, count: number, voted: number): VotedRequest[] =>
  times(count, (at) => ({
    ...(userCohort !== undefined && { metadata: { userCohort } }),
    votes: at < voted ? [[`u${at}`, 5]] : [],
  }));

test("shows who is heard, how often and for how many, and who too little", async () => {
  const text = await textOf([
    ...requestsOf("new", 200, 6),
    ...requestsOf("power", 100, 20),
    ...requestsOf(undefined, 3, 0),
  ]);
  expect(text).toContain("You hear too little of new, and too much of power.");
  expect(text).toContain(
    "8.6 % of all 303 requests have feedback (95 % interval 5.9 to 12.3 %): not clearly within or without the target of 5.0 to 10.0 %.",
  );
  expect(text).toMatch(/requests +voted +rate +95 % interval +of all +of votes +q +heard\n/);
  expect(text).toMatch(/new +200 +6 +3\.0 % +1\.4 to 6\.4 % +66\.0 % +23\.1 % +\S+ +too little\n/);
  expect(text).toMatch(/power +100 +20 +20\.0 % +13\.3 to 28\.9 % +33\.0 % +76\.9 % +\S+ +too much\n/);
  expect(text).toMatch(/\(none\) +3 +0 +0\.0 % +0\.0 to 56\.1 % +1\.0 % +0\.0 % +- +-\n/);
  expect(text).toContain("Counted are all logged requests: nothing was recorded as seen.");
});

test("says so where all are heard alike, nobody is, or there is nobody to compare", async () => {
  const alike = [...requestsOf("new", 100, 8), ...requestsOf("power", 100, 8)];
  expect(await textOf(alike)).toContain("All groups are heard alike");
  expect(await textOf(requestsOf("new", 100, 8))).toContain("fewer than two groups");
  expect(await textOf(requestsOf("new", 100, 0))).toContain("Nobody is heard: no request has a vote.");
  expect(await textOf([])).toContain("Not enough data: no request was logged.");
  expect(await textOf(alike, { denominator: "exposed" })).toContain("Not enough data: no request was seen.");
});

test("the target is named as it was asked for, with where the rate lies", async () => {
  const requests = requestsOf("new", 400, 100);
  expect(await textOf(requests, { target: [0.1, 0.5] })).toContain("within the target of 10.0 to 50.0 %");
  expect(await textOf(requests)).toContain("above the target of 5.0 to 10.0 %");
  expect(await textOf(requests, { target: [0.5, 0.6] })).toContain("below the target");
});
