import type { ArmRequests, ArmsQuery, ArmVerdicts } from "./collect-arms.ts";
import { compareGuard } from "./compare-guards.ts";
import { compareSlices, type Slice } from "./compare-slices.ts";
import { compareVotes, type VoteRule } from "./compare-votes.ts";
import { digestOfInputs } from "./digest-of-inputs.ts";
import { findDesign, rowsOf } from "./find-design.ts";
import { findOverlap } from "./find-overlap.ts";
import type { ArmEvidence, DecisionEvidence } from "./prompt-decision.ts";
import { sampleRatio } from "./sample-ratio.ts";
import { tallyVotes } from "./tally-votes.ts";

interface EvidenceQuery extends ArmsQuery, VoteRule {
  readonly guardAlpha: number;
  readonly expectedShare: number | null;
  readonly randomised: boolean;
  readonly minVotes: number;
  readonly minUsers: number;
}

/** All that a decision rests on, and when the candidate began. */
export const weighEvidence = (requests: ArmRequests, verdicts: ArmVerdicts, asked: EvidenceQuery) => {
  const timesOf = (of: number): Float64Array =>
    requests.timestampMs.filter((_, at) => requests.arm[at] === of).sort();
  const times = { candidate: timesOf(1), baseline: timesOf(0) };
  const overlap = findOverlap(times.candidate, times.baseline);
  const { design, isWithin } = findDesign(overlap, verdicts, asked);
  const within = rowsOf(requests.timestampMs, isWithin);
  const armRequests = (of: number): readonly number[] => within.filter((row) => requests.arm[row] === of);
  const rows = { candidate: armRequests(1), baseline: armRequests(0) };
  const votes = rowsOf(verdicts.timestampMs, isWithin);
  const trusted = votes.filter((row) => verdicts.isFlagged[row] === 0);
  const ofArm = (chosen: readonly number[], of: number): readonly number[] =>
    chosen.filter((row) => verdicts.arm[row] === of);

  const evidenceOf = (arm: "candidate" | "baseline", of: number): ArmEvidence => {
    const tally = tallyVotes(verdicts, ofArm(trusted, of));
    return {
      value: asked[arm],
      requests: rows[arm].length,
      ...tally,
      share: tally.votes === 0 ? null : tally.good / tally.votes,
      flagged: ofArm(votes, of).length - tally.votes,
    };
  };
  const candidate = evidenceOf("candidate", 1);
  const baseline = evidenceOf("baseline", 0);
  const compareAll = (chosen: readonly number[]) =>
    compareVotes(tallyVotes(verdicts, ofArm(chosen, 1)), tallyVotes(verdicts, ofArm(chosen, 0)), asked);
  const usersOf = (of: number) => new Set(ofArm(trusted, of).map((row) => verdicts.user[row]!));
  const baselineUsers = usersOf(0);
  const guardRule = { alpha: asked.guardAlpha / asked.guards.length, smallest: asked.minVotes };
  const guards = asked.guards.map((guard, place) => {
    const valuesOf = (chosen: readonly number[]) =>
      Float64Array.from(chosen, (row) => requests.guards[place]![row]!);
    return compareGuard(guard, valuesOf(rows.candidate), valuesOf(rows.baseline), guardRule);
  });

  const evidence: DecisionEvidence = {
    // What is flagged stands in the verdicts.
    digest: digestOfInputs({ ...asked, flagged: [] }, requests, verdicts),
    level: "user_request_vote",
    statistic: "difference_of_good_vote_shares",
    ...compareAll(trusted),
    design,
    overlap,
    candidate,
    baseline,
    usersInBoth: [...usersOf(1)].filter((user) => baselineUsers.has(user)).length,
    // One after the other, they did not share any requests out.
    sampleRatio: sampleRatio(
      rows.candidate.length,
      rows.baseline.length,
      design === "observational" ? null : asked.expectedShare,
    ),
    withFlagged: candidate.flagged + baseline.flagged > 0 ? compareAll(votes) : null,
    guards,
    slices: compareSlices(verdicts, slicesOf(verdicts, trusted, asked), asked, asked.minUsers),
    dropped: {
      neutral: verdicts.neutral,
      outsideOverlap: requests.arm.length - within.length,
    },
  };
  return { evidence, beganAt: new Date(times.candidate[0] ?? times.baseline.at(-1) ?? 0) };
};

const slicesOf = (
  verdicts: ArmVerdicts,
  rows: readonly number[],
  { slices }: EvidenceQuery,
): readonly Slice[] =>
  slices.flatMap((label, place) => {
    const byValue = Map.groupBy(rows, (row) => verdicts.slices[place]![row]);
    return [...byValue].flatMap(([value, own]) =>
      value === undefined
        ? []
        : {
            label,
            value,
            candidate: own.filter((row) => verdicts.arm[row] === 1),
            baseline: own.filter((row) => verdicts.arm[row] === 0),
          },
    );
  });
