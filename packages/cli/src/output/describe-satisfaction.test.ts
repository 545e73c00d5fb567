import { estimateSatisfaction, type SatisfactionOptions } from "@heed/core";
import { expect, test } from "vitest";
import { seededRandom } from "../demo/seeded-random.ts";
import { times, type VotedRequest, votedStore } from "../voted-store.ts";
import { describeSatisfaction } from "./describe-satisfaction.ts";

const textOf = async (
  requests: readonly VotedRequest[],
  options: SatisfactionOptions = {},
): Promise<string> =>
  describeSatisfaction(await estimateSatisfaction(await votedStore(requests), options), options);

const random = seededRandom(5);
const draws = times(400, () => ({ score: random(), vote: random(), audit: random(), good: random() }));

/** Requests of two groups, of which power users vote more, and say less good. */
const requests = draws.map(({ score, vote, good }, at): VotedRequest => {
  const isPower = at % 4 === 0;
  const rating = vote < 0.02 ? 3 : good < (isPower ? 0.4 : 0.9) ? 5 : 1;
  return {
    evalScores: { overall: score },
    metadata: { userCohort: isPower ? "power" : "new" },
    votes: vote < (isPower ? 0.5 : 0.2) ? [[`u${at}`, rating]] : [],
  };
});

test("shows each estimate with interval and n, which one to go by, and what has to hold for it", async () => {
  const text = await textOf(requests);
  expect(text).toMatch(/Good outputs: 400 requests, \d+ with a verdict of users, 0 audited\n/);
  expect(text).toMatch(
    /\d\d\.\d % of all outputs are good \(95 % interval \d\d\.\d to \d\d\.\d %\), above the target of 50\.0 %, if within each group, those who vote are like those who do not\./,
  );
  expect(text).toMatch(/votes as they are +\d\d\.\d % +\d\d\.\d to \d\d\.\d % +\d+\n/);
  expect(text).toMatch(/votes, each userCohort at its share +\d\d\.\d % +.+ +\d+ +the estimate to go by\n/);
  expect(text).toMatch(/audits +- +- +- +too few audits\n/);
  expect(text).toMatch(/Votes that say neither good nor bad: on \d+ requests\./);
  expect(text).toMatch(
    /Users give a verdict on \d+\.\d % of the requests; the estimate takes the others to be good at \d\d\.\d %\. Were \d\d\.\d % of them good, all together would be just at the target of 50\.0 %\./,
  );
  expect(text).toMatch(
    /No sign that users vote because of what they got: voted requests have scores like silent ones/,
  );
});

test("audits come first where they are random, and tell whether voters are like the rest", async () => {
  const audited = requests.map((request, at) => {
    const { audit, good } = draws[at]!;
    return audit < 0.2
      ? { ...request, evalScores: { ...request.evalScores, audit: Number(good < 0.3) } }
      : request;
  });
  const text = await textOf(audited);
  expect(text).toContain("if the audited requests are a random sample");
  expect(text).toMatch(/audits +\d\d\.\d % +\d\d\.\d to \d\d\.\d % +\d\d/);
  expect(text).toMatch(
    /votes find other shares good than audits \(\+\d\d\.\d pp, \+\d+\.\d to \+\d\d\.\d pp\)/,
  );
});

test("audits that are unlike other requests are not used", async () => {
  const complaints = requests.map((request) =>
    request.votes?.length ? { ...request, evalScores: { ...request.evalScores, audit: 0 } } : request,
  );
  expect(await textOf(complaints)).toMatch(/audits +- +- +- +unlike other requests\n/);
});

test("voted requests with other scores than silent ones are a suspicion", async () => {
  const angry = requests.map((request) => ({
    ...request,
    evalScores: { overall: (request.evalScores?.overall ?? 0) - (request.votes?.length ? 0.3 : 0) },
  }));
  expect(await textOf(angry)).toMatch(/Users may vote because of what they got.+heed analyze audit-sample\./);
});

test("too little is an answer", async () => {
  expect(await textOf([])).toContain(
    "Not enough data: verdicts of users on 5 requests are needed, or 5 audits, and there are 0 and 0.",
  );
});
