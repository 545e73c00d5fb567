import type { Judged } from "./judge-prompt.ts";
import type { DecisionCommand, PromptDecision } from "./prompt-decision.ts";

interface Given extends Pick<Judged, "have" | "needed"> {
  readonly by: string;
  readonly candidate: string;
  readonly baseline: string;
  /** When the candidate began. */
  readonly beganAt: Date;
}

/** What a verdict asks somebody to do, as data. */
export const commandOf = (
  { verdict, reasons }: Pick<PromptDecision, "verdict" | "reasons">,
  { by, candidate, baseline, beganAt, have, needed }: Given,
): DecisionCommand => {
  if (verdict === "revert") return { action: "serve", by, value: baseline, insteadOf: candidate };
  if (verdict === "keep") return { action: "serve", by, value: candidate, insteadOf: baseline };
  if (verdict === "continue")
    return {
      action: "wait",
      votes: Math.max(0, needed.votes - have.votes),
      users: Math.max(0, needed.users - have.users),
    };
  switch (reasons[0]) {
    case "sample_ratio_mismatch":
      return { action: "inspect", what: "assignment" };
    case "flagged_votes_decide":
      return { action: "inspect", what: "flagged_votes" };
    case "slices_disagree":
      return { action: "inspect", what: "slices" };
    default: {
      const options = {
        change: candidate,
        metric: "humanScore",
        beforeDate: beganAt,
        afterDate: beganAt,
      } as const;
      return { action: "measure", options, add: "control" };
    }
  }
};
