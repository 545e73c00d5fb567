import { decidePrompt, type Store } from "@heed/core";
import { numberOption } from "../option-values.ts";
import { describeDecision } from "../output/describe-decision.ts";
import { createAnalysis } from "./analyze/create-analysis.ts";
import { count, flag, list, number, type Option, required, text } from "./analyze/option.ts";
import { humanThreshold, setAsideSuspicious } from "./analyze/shared-options.ts";
import { suspiciousFeedback } from "./analyze/suspicious-feedback.ts";

const expectedShare: Option<number | null> = {
  takes: "X",
  purpose:
    "the candidate's share of the requests of both as it was meant, between 0 and 1; none where nobody knows, or where a few users make most requests (default: 0.5)",
  read: (given, option) => (given === "none" ? null : numberOption(given, option)),
};

/** `heed decide`: does a prompt on trial stay? */
export const decideCommand = createAnalysis({
  usage: ["heed decide --store STORE --candidate NAME --baseline NAME [options]"],
  summary: "say whether a prompt on trial is to be kept or reverted",
  says: "Says whether a prompt version that is on trial beside another is to be reverted, kept, held, or tried for longer, by a test of the votes that allows for looking as often as you like. It changes nothing: what is to be done is for you, or for a program that reads --json.",
  options: {
    candidate: required(text("NAME", "the version on trial")),
    baseline: required(text("NAME", "the version that it is to replace")),
    by: text("LABEL", "what tells them apart: model, or a metadata key (default: promptVersion)"),
    margin: number("how far the share of good votes may fall and still be kept (default: 0.02)"),
    alpha: number("how often, over all looks, a candidate that is as good is reverted (default: 0.05)"),
    "planned-votes": count("votes of each that a drop is to be found within (default: 600)"),
    guards: list("METRICS", "scores that must not get worse, and discardRate, with commas between them"),
    "guard-alpha": number("what alpha is to votes, for all guards together (default: 0.01)"),
    slices: list("LABELS", "labels of which no value may say the opposite"),
    "expected-share": expectedShare,
    "not-randomised": flag("something else than chance decided which version a request got"),
    "min-votes": count("votes that each needs before it is looked at (default: 100)"),
    "min-users": count("users that each needs (default: 20)"),
    "human-threshold": humanThreshold,
    "set-aside-suspicious": setAsideSuspicious,
  },
  ask: async (store: Store, { notRandomised = false, setAsideSuspicious: isSetAside, ...options }) =>
    decidePrompt(store, {
      ...options,
      randomised: !notRandomised,
      ...(isSetAside && { flagged: await suspiciousFeedback(store) }),
    }),
  describe: describeDecision,
});
