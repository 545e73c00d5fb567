import { type MeasureOptions, measureImprovementFromChange } from "@heed/core";
import { expect, test } from "vitest";
import { times, type VotedRequest, votedStore } from "../voted-store.ts";
import { describeImpact } from "./describe-impact.ts";

const changedOn = new Date("2026-03-15");

const textOf = async (
  requests: readonly VotedRequest[],
  options: Partial<MeasureOptions> = {},
): Promise<string> => {
  const store = await votedStore(requests);
  const asked = { change: "prompt v2", beforeDate: changedOn, afterDate: changedOn, ...options };
  return describeImpact(await measureImprovementFromChange(store, asked), asked);
};

/** Ten requests a day for four weeks; refunds get better with the change, sizing stays as it is. */
const requests = times(280, (at): VotedRequest => {
  const day = Math.floor(at / 10);
  const topic = ["refunds", "sizing", "parts"][at % 3]!;
  const effect = day >= 14 && topic !== "sizing" ? 0.1 : 0;
  return {
    timestamp: new Date(Date.UTC(2026, 2, 1 + day, at % 10)),
    evalScores: { overall: 0.5 + ((at * 7) % 13) / 50 + effect },
    metadata: { topic },
    votes: at % 2 ? [[`u${at}`, 1 + ((at * 3) % 4) + (effect > 0 ? 1 : 0)]] : [],
  };
});

test("shows both periods, the tests, what so many requests can find, and the feedback", async () => {
  const text = await textOf(requests);
  expect(text).toContain(
    'Change "prompt v2", score "overall"\nThe score improved, by more than chance explains.',
  );
  expect(text).toMatch(/before +140 +0\.\d{3} +0\.\d{3}\n +after +140 +0\.\d{3} +0\.\d{3}\n/);
  expect(text).toMatch(/difference +\+0\.\d{3} \(\+\d+\.\d %\), 95 % interval 0\.\d{3} to 0\.\d{3}\n/);
  expect(text).toMatch(/Mann-Whitney +z \d\.\d{3}, p \S+, Cliff's delta 0\.\d{3}\n/);
  expect(text).toMatch(/Hedges' g +0\.\d{3}\n/);
  expect(text).toMatch(/one look finds a true difference of 0\.\d{3} 80 % of the time/);
  expect(text).toMatch(/human score, 1 to 5 +\d\.\d\d +70 +3\.\d\d +70 +\+\d\.\d\d +/);
  expect(text).toMatch(
    /feedback rate +50\.0 % +140 +50\.0 % +140 +\+0\.0 pp +-11\.\d to \+11\.\d pp +1\.000\n/,
  );
  expect(text).toMatch(/discard rate +0\.0 % +140 +0\.0 % +140 +\+0\.0 pp/);
});

test("other metrics are named, and what lacks them is counted", async () => {
  const human = await textOf(requests, { metric: "humanScore" });
  expect(human).toContain('Change "prompt v2", human score\nThe human score improved');
  expect(human).toContain("Left out: 140 requests without a vote.");
  const rate = await textOf(requests, { metric: "feedbackRate", power: 0.9 });
  expect(rate).toContain('Change "prompt v2", feedback rate\nNo clear change');
  expect(rate).toContain(" 90 % of the time");
  expect(rate).not.toContain("Mann-Whitney");
});

test("less the control, at the mix before, and at every look: each has a row, and the verdict says which it follows", async () => {
  const control = await textOf(requests, { control: { label: "topic", value: "sizing" } });
  expect(control).toContain("This goes by the difference less that of the control.");
  expect(control).toMatch(/topic=sizing before +\d+ +0\.\d{3} +0\.\d{3}\n/);
  expect(control).toMatch(/less the control +\+0\.\d{3}, 95 % interval /);
  expect(control).toMatch(
    /Before the change the control moved alike, as far as can be told \(.+ a day, .+, over 14 days\)/,
  );

  const mixed = await textOf(
    [
      ...requests,
      { timestamp: new Date("2026-03-02"), evalScores: { overall: 1 }, metadata: { topic: "rare" } },
    ],
    { adjustFor: ["topic"] },
  );
  expect(mixed).toContain("This goes by the difference at the mix of requests before.");
  expect(mixed).toMatch(/at the mix before +\+0\.\d{3}, 95 % interval .+ \(the mix alone: [+-]0\.\d{3}\)\n/);
  expect(mixed).toMatch(
    /no two requests on each side: 1 combination of topic \(0\.7 % of the requests before\)/,
  );

  const looked = await textOf(requests, { looks: 5 });
  expect(looked).toContain("This goes by the interval that holds at every look.");
  expect(looked).toMatch(/at all 5 looks +\+0\.\d{3}, 95 % interval /);
});

test("a segment that the change was made for gets better by itself, too", async () => {
  const segment = { label: "topic", value: "refunds" };
  const text = await textOf(requests, { segment, chosenFor: segment });
  expect(text).toContain('Change "prompt v2", score "overall", of topic=refunds');
  expect(text).toMatch(/gets better by itself\. Of the difference, about [+-]0\.\d{3} may be that\./);
  const other = await textOf(requests, { segment });
  expect(other).not.toContain("by itself");
});

test("a control that was moving otherwise already is a warning, and few days leave that unknown", async () => {
  const drifting = requests.map((request, at) =>
    request.metadata?.topic === "sizing"
      ? { ...request, evalScores: { overall: request.evalScores!.overall! + Math.floor(at / 10) * 0.05 } }
      : request,
  );
  const control = { label: "topic", value: "sizing" };
  expect(await textOf(drifting, { control })).toContain("was moving otherwise already");
  expect(await textOf(requests, { control, since: new Date("2026-03-12") })).toContain("is unknown");
});

test("too little, nothing alike and no spread are told apart", async () => {
  expect(await textOf([], { metric: "humanScore", control: { label: "a", value: "b" } })).toContain(
    "Not enough data: each side needs 2 voted requests, and there are 0 before and 0 after; of the control, 0 and 0.",
  );
  const apart = requests.map((request, at) => ({ ...request, promptVersion: at < 140 ? "v1" : "v2" }));
  const text = await textOf(apart, { adjustFor: ["promptVersion"] });
  expect(text).toContain("Nothing is like with like");
  expect(text).toContain("Combinations that were left out: 2.");
  const flat = (after: number) =>
    requests.map((request, at) => ({ ...request, evalScores: { overall: at < 140 ? 0.5 : after } }));
  expect(await textOf(flat(0.5))).toContain("Nothing to test: every value on either side is the same.");
  expect(await textOf(flat(0.6), { looks: 2 })).toContain("every value went from 0.500 to 0.600");
});

test("where every value went from one to another, the verdict goes by Fisher's exact test", async () => {
  const flat = times(20, (at) => ({
    timestamp: new Date(Date.UTC(2026, 2, at < 10 ? 14 : 15)),
    evalScores: { overall: at < 10 ? 0.5 : 0.6 },
  }));
  const text = await textOf(flat);
  expect(text).toContain("The score improved, by more than chance explains.");
  expect(text).toContain(
    "Every value went from 0.500 to 0.600, so that there is no interval: this goes by Fisher's exact test, p 1.1e-5.",
  );
  expect(text).toMatch(/difference +\+0\.100 \(\+20\.0 %\)\n/);
  expect(text).not.toMatch(/Welch|one look finds/);
  const few = await textOf([...flat.slice(0, 2), ...flat.slice(-2)]);
  expect(few).toContain("No clear change: so few requests are parted like this by chance, too.");
});
