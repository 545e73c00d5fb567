import { getFeedbackSummary, memoryStore, recordFeedback } from "@heed/core";
import { expect, test } from "vitest";
import { describeSummary } from "./describe-summary.ts";

test("shows what stands, and no control character of a comment or an id", async () => {
  const store = memoryStore();
  const about = { requestId: "req-1\u202E", userId: "u" };
  await recordFeedback(store, [
    { ...about, type: "explicit_thumbs_down", value: true, reasons: ["too_long"] },
    { ...about, type: "explicit_rating", value: 2 },
    { ...about, type: "explicit_text_comment", value: "cut\u001B[2J\nit" },
    { ...about, type: "implicit_usage", value: "copied" },
  ]);
  expect(describeSummary(await getFeedbackSummary(store, about.requestId))).toBe(
    `Summary of request req-1\uFFFD

  thumbs       0 up, 1 down
  reasons      too_long 1
  ratings      1, mean 2.0 of 5
  comments     "cut\uFFFD[2J\uFFFDit"
  human score  1.5 of 5
  used         copied 1
  thrown away  none
`,
  );
});

test("says so where there is nothing", async () => {
  const text = describeSummary(await getFeedbackSummary(memoryStore(), "nobody"));
  expect(text).toContain("human score  no standing vote");
  expect(text).toContain("comments     none");
});
