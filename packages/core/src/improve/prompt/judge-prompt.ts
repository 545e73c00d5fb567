import type { DecisionEvidence, DecisionReason, PromptDecision } from "./prompt-decision.ts";

/** What of the evidence decides. */
export type Judged = Pick<
  DecisionEvidence,
  "finding" | "design" | "sampleRatio" | "withFlagged" | "guards" | "slices"
> & {
  readonly isRandomised: boolean;
  readonly have: PromptDecision["have"];
  readonly needed: PromptDecision["needed"];
};

type Verdict = Pick<PromptDecision, "verdict" | "reasons">;

/**
 * The rule: what becomes of a candidate by what is known of it.
 *
 * A doubt about the data comes first, as then nothing else can be believed; a guard that fails reverts without waiting
 * for votes; and what the votes say stands only if flagged votes do not decide it and no slice says the opposite.
 */
export const judgePrompt = (judged: Judged): Verdict => {
  const { sampleRatio, design, isRandomised, guards, have, needed, finding } = judged;
  if (sampleRatio.mismatch) return { verdict: "hold", reasons: ["sample_ratio_mismatch"] };

  const thin = [
    ...(have.votes < needed.votes ? (["too_few_votes"] as const) : []),
    ...(have.users < needed.users ? (["too_few_users"] as const) : []),
  ];
  const failed = guards.some((guard) => guard.finding === "worse");
  const seen: readonly DecisionReason[] = [
    ...(failed ? (["guard_worse"] as const) : []),
    ...(thin.length > 0 ? thin : [saidBy(finding)]),
  ];
  if (design === "observational" && (failed || thin.length === 0))
    return { verdict: "hold", reasons: [isRandomised ? "not_concurrent" : "not_randomised", ...seen] };
  if (failed) return { verdict: "revert", reasons: listed(seen) };
  if (thin.length > 0) return { verdict: "continue", reasons: listed(seen) };

  const doubts = doubtsAbout(judged);
  if (doubts.length > 0) return { verdict: "hold", reasons: listed([...doubts, ...seen]) };
  const verdict = finding === "worse" ? "revert" : finding === "within_margin" ? "keep" : "continue";
  return { verdict, reasons: listed(seen) };
};

const saidBy = (finding: DecisionEvidence["finding"]): DecisionReason =>
  finding === "worse" ? "votes_worse" : finding;

/** What speaks against going by what the votes say. */
const doubtsAbout = ({ finding, withFlagged, slices }: Judged): readonly DecisionReason[] => {
  const flags = withFlagged && withFlagged.finding !== finding ? (["flagged_votes_decide"] as const) : [];
  const [worst] = slices;
  const isOpposed =
    finding === "worse"
      ? (worst && worst.difference! >= 0) || slices.some(({ ci }) => ci !== null && ci[0] > 0)
      : finding === "within_margin" && slices.some((slice) => slice.finding === "worse");
  return [...flags, ...(isOpposed ? (["slices_disagree"] as const) : [])];
};

/** There is always one: what the votes say, or that they are too few. */
const listed = (reasons: readonly DecisionReason[]): Verdict["reasons"] =>
  reasons as [DecisionReason, ...DecisionReason[]];
