import { type ExplainOptions, explainNegativeFeedback } from "@heed/core";
import { expect, test } from "vitest";
import { type TrialArm, trialStore } from "../trial-store.ts";
import { describeThemes } from "./describe-themes.ts";

const textOf = async (arms: readonly TrialArm[], options: ExplainOptions = {}): Promise<string> =>
  describeThemes(await explainNegativeFeedback(await trialStore(...arms), options), options);

const complaints: readonly TrialArm[] = [
  { version: "v1", liked: 60, disliked: 6, topic: "orders", comment: "far too long", reason: "too_long" },
  { version: "v2", liked: 10, disliked: 20, topic: "refunds", comment: "wrong amount", reason: "incorrect" },
];

test("shows each theme with its share, where it comes from, and requests with what was said", async () => {
  const text = await textOf(complaints, { by: ["topic"], examplesPerTheme: 1 });
  expect(text).toMatch(/^What users complain of: 26 thumbs down, 26 with a reason; 26 comments\n4 themes; /);
  expect(text).toMatch(/\n +\d {2}incorrect +20 +20 +20 +76\.9 % +\d\d\.\d to \d\d\.\d %\n/);
  expect(text).toMatch(/\n +\d {2}"amount", "wrong" +20 +20 +20 +76\.9 % /);
  expect(text).toMatch(/\n {5}topic=refunds: 3\.2 times its share, 100\.0 % of the theme\n/);
  expect(text).toMatch(
    /\n {5}1-0010\n {7}prompt {3}prompt 10\n {7}output {3}output 10\n {7}comment {2}wrong amount\n/,
  );
  expect(text).toContain("Shares are those of all thumbs down for a reason");
});

test("comments in no theme are counted, and labels that are ids are named", async () => {
  const text = await textOf([
    ...complaints,
    { version: "v3", liked: 0, disliked: 1, comment: "zzz" },
    { version: "v3", liked: 0, disliked: 1, comment: "qqq" },
  ]);
  expect(text).toContain("Comments in none of these themes: 2.\n");
});

test("that there is no theme, or too little, is said", async () => {
  expect(await textOf([])).toContain(
    "Not enough data: 3 complaints have to say why, by a reason or in words, and 0 do.\n",
  );
  const apart = ["slow as ever", "the wrong city", "quite rude"].map(
    (comment): TrialArm => ({ version: "v1", liked: 0, disliked: 1, comment }),
  );
  expect(await textOf(apart)).toContain("No themes: users say why, but not the same.\n");
});
