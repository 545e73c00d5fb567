import type { ArmVerdicts } from "./collect-arms.ts";
import type { Overlap } from "./find-overlap.ts";
import type { DecisionDesign } from "./prompt-decision.ts";
import { tallyVotes } from "./tally-votes.ts";

interface DesignQuery {
  readonly randomised: boolean;
  readonly minVotes: number;
  readonly minUsers: number;
}

/** What of an arm has to lie in the time of both, for the arm to have run at that time. */
const nearlyAll = 0.9;

/** Whether the arms can be compared at all, and which moments count. */
export const findDesign = (
  overlap: Overlap | null,
  verdicts: ArmVerdicts,
  { randomised, minVotes, minUsers }: DesignQuery,
): { readonly design: DecisionDesign; readonly isWithin: (timestampMs: number) => boolean } => {
  const observational = { design: "observational", isWithin: () => true } as const;
  if (!randomised || !overlap) return observational;
  const { candidateShare, baselineShare } = overlap;
  if (Math.min(candidateShare, baselineShare) >= nearlyAll)
    return { design: "concurrent", isWithin: () => true };
  const [since, until] = [overlap.since.getTime(), overlap.until.getTime()];
  const isWithin = (timestampMs: number): boolean => timestampMs >= since && timestampMs <= until;
  const isOfOneArm = Math.max(candidateShare, baselineShare) >= nearlyAll;
  // A few hours of both, as while one replaced the other, are no trial.
  const isEnough = [1, 0].every((of) => {
    const rows = rowsOf(verdicts.timestampMs, isWithin).filter((row) => verdicts.arm[row] === of);
    const { votes, users } = tallyVotes(verdicts, rows);
    return votes >= minVotes && users >= minUsers;
  });
  return isOfOneArm || isEnough ? { design: "overlap", isWithin } : observational;
};

/** The rows whose moments count. */
export const rowsOf = (
  timestampMs: Float64Array,
  isWithin: (timestampMs: number) => boolean,
): readonly number[] => Array.from(timestampMs.keys()).filter((row) => isWithin(timestampMs[row]!));
