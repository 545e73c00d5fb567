import { identifyMiscalibratedOutputs, recordFeedback } from "@heed/core";
import { expect, test } from "vitest";
import { votedStore } from "../voted-store.ts";
import { describeMiscalibration } from "./describe-miscalibration.ts";

test("shows how many there are, and the surest with all that helps to look into them", async () => {
  const store = await votedStore([
    {
      evalScores: { overall: 1 },
      timestamp: new Date("2026-03-01"),
      prompt: "Can I get\nmy money back?",
      output: "x".repeat(200),
      model: "small",
      promptVersion: "v2",
      votes: [["a", 1]],
      comment: "no\u001B[2J",
    },
    { evalScores: { overall: 0.6 }, timestamp: new Date("2026-03-02"), votes: [["a", 5]] },
    { evalScores: { overall: 0.9 }, votes: [["a", 5]] },
    { evalScores: { overall: 0.9 }, votes: [["a", 3]] },
    { evalScores: { overall: 0.9 } },
    { votes: [["a", 3]] },
  ]);
  await recordFeedback(store, {
    requestId: "r0",
    userId: "b",
    type: "explicit_thumbs_down",
    value: true,
    reasons: ["incorrect"],
  });
  expect(describeMiscalibration(await identifyMiscalibratedOutputs(store))).toBe(
    `Outputs on which score "overall" and users say the opposite
Evaluator and users say the opposite on 66.7 % of 3 requests (95 % interval 20.8 to 93.9 %): the evaluator is too kind on 1 of them, and too harsh on 1.

The surest, with how sure both sides are, from 0 to 1:

  r0
    evaluator  too kind (0.67): score 1.00, users 1.0 of 5 (2 votes)
    made by    small, v2, 2026-03-01
    prompt     Can I get\uFFFDmy money back?
    output     ${"x".repeat(84)}…
    reasons    incorrect
    comment    no\uFFFD[2J

  r1
    evaluator  too harsh (0.07): score 0.60, users 5.0 of 5 (1 vote)
    made by    2026-03-02

Requests left out: 1 without a vote, 1 without the score, 1 with votes that say neither good nor bad.
`,
  );
});

test("that there are none, or nothing to compare, is said", async () => {
  const fine = await votedStore([{ evalScores: { overall: 0.9 }, votes: [["a", 5]] }]);
  expect(describeMiscalibration(await identifyMiscalibratedOutputs(fine))).toContain(
    "None: evaluator and users say the opposite on 0.0 % of 1 request (95 % interval 0.0 to 79.3 %).",
  );
  expect(describeMiscalibration(await identifyMiscalibratedOutputs(await votedStore([])))).toContain(
    "Not enough data: no request has both a score and a verdict of users.",
  );
});
