import { type DecideOptions, decidePrompt } from "@heed/core";
import { expect, test } from "vitest";
import { type TrialArm, trialStore } from "../trial-store.ts";
import { describeDecision } from "./describe-decision.ts";

const textOf = async (arms: readonly TrialArm[], options: Partial<DecideOptions> = {}): Promise<string> => {
  const asked = { candidate: "v2", baseline: "v1", ...options };
  return describeDecision(await decidePrompt(await trialStore(...arms), asked), asked);
};

const v1: TrialArm = { version: "v1", liked: 280, disliked: 120 };
const v2: TrialArm = { version: "v2", liked: 200, disliked: 200 };

test("says what to do, why, and what that rests on", async () => {
  const text = await textOf([v1, v2]);
  expect(text).toMatch(/^promptVersion v2 on trial beside v1\nREVERT: serve v1 again in place of v2\.\n/);
  expect(text).toContain("Users like it less, by more than luck explains at any look.\n");
  expect(text).toMatch(/\n {2}v2 +400 +400 +200 +50\.0 % +400 +0\n {2}v1 +400 +400 +280 +70\.0 % +400 +0\n/);
  expect(text).toMatch(/difference +-20\.0 pp\n +interval at any look +-\d\d\.\d to -\d+\.\d pp\n/);
  expect(text).toMatch(/p at any look +\d\.\de-\d+, that it is no worse\n/);
  expect(text).toMatch(/Digest of the evidence: [0-9a-f]{64}\n$/);
});

test("a keep says by how much less it would be put up with", async () => {
  const text = await textOf([v1, { ...v2, liked: 380, disliked: 20 }], { margin: 0.05 });
  expect(text).toContain("KEEP: serve v2 in place of v1.\n");
  expect(text).toContain("Its share of good votes is lower by less than 5.0 pp, if at all");
});

test("a trial that is not over says what is lacking, or to look again", async () => {
  expect(await textOf([v1, { ...v2, liked: 285, disliked: 115 }])).toContain(
    "CONTINUE: nothing is sure yet; look again whenever you like.\n",
  );
  const thin = await textOf([
    { ...v1, liked: 8, disliked: 2 },
    { ...v2, liked: 5, disliked: 5 },
  ]);
  expect(thin).toContain("CONTINUE: the smaller of the two lacks 90 votes and 10 users.\n");
  expect(thin).toContain("Each of the two needs 100 votes.\nEach of the two needs 20 users.\n");
  expect(await textOf([])).toMatch(/v2 +0 +0 +0 +- +0 +0\n/);
});

test("every doubt is said in words, with what to look at", async () => {
  expect(await textOf([v1, v2, { ...v2, liked: 0, disliked: 0, silent: 400 }])).toMatch(
    /HOLD: .+\nIt got \d\d\.\d % of the requests and should have had 50\.0 % \(p \d/,
  );
  const after = await textOf([v1, { ...v2, from: 40 }]);
  expect(after).toContain("HOLD: change nothing yet, the data are in doubt.\n");
  expect(after).toContain("The two did not run at the same time");
  expect(await textOf([v1, { ...v2, liked: 5, disliked: 5, from: 40 }])).toContain(
    "The two did not run at the same time: with more votes, too, this can only be held.",
  );
  expect(await textOf([v1, v2], { randomised: false })).toContain("It was not chance that decided");
  const flagged = Array.from({ length: 120 }, (_, at) => ({ userId: `user-1-${200 + at}` }));
  const held = await textOf([v1, v2], { flagged });
  expect(held).toContain("With the votes that were set aside, the votes would say something else");
  expect(held).toMatch(/v2 +400 +280 +200 +71\.4 % +280 +120\n/);
  expect(held).toContain("With the votes that were set aside the difference would be -20.0 pp.");
});

test("guards and slices have tables of their own, the worst slice first", async () => {
  const text = await textOf(
    [
      { version: "v1", liked: 160, disliked: 40, topic: "orders", score: 0.8 },
      { version: "v1", liked: 60, disliked: 140, topic: "refunds", score: 0.8 },
      { version: "v2", liked: 40, disliked: 160, topic: "orders", score: 0.6 },
      { version: "v2", liked: 120, disliked: 80, topic: "refunds", score: 0.6 },
    ],
    { slices: ["topic"], guards: ["overall", "discardRate"] },
  );
  expect(text).toMatch(/overall +0\.620 +400 +0\.820 +400 +-0\.200 +-0\.\d+ to -0\.\d+ +worse\n/);
  expect(text).toMatch(/discardRate +0\.000 +400 +0\.000 +400 +\+0\.000 .+\n/);
  expect(text).toMatch(/topic=orders +200 +200 +-60\.0 pp +.+\n +topic=refunds +200 +200 +\+30\.0 pp/);
  expect(text).toContain("Guards that got worse, by more than luck explains at any look: overall.");
  expect(
    await textOf(
      [
        { version: "v1", liked: 160, disliked: 40, topic: "orders" },
        { version: "v1", liked: 60, disliked: 140, topic: "refunds" },
        { version: "v2", liked: 20, disliked: 180, topic: "orders" },
        { version: "v2", liked: 140, disliked: 60, topic: "refunds" },
      ],
      { slices: ["topic"] },
    ),
  ).toContain("A slice says the opposite: decide for the slices, not for all.\n");
});

test("the time of both is named where that alone is compared", async () => {
  const text = await textOf([
    { ...v1, liked: 560, disliked: 240 },
    { ...v2, from: 40 },
  ]);
  expect(text).toMatch(/Only the time of both is compared: \d.+ to .+\.\n/);
  expect(text).toMatch(/Requests left out: \d+ of a time in which only one of the two ran\.\n/);
});

test("where there are many slices, it says of how many the worst are shown", async () => {
  const arms = Array.from({ length: 12 }, (_, at) =>
    ["v1", "v2"].map((version) => ({ version, liked: 30, disliked: 10 + at, topic: `topic ${at}` })),
  ).flat();
  const text = await textOf(arms, { slices: ["topic"] });
  expect(text).toContain("slice, the worst 10 of 12 ");
  expect(text.match(/topic=topic \d+/g)).toHaveLength(10);
});
