import type { GuardComparison } from "./compare-guards.ts";
import type { SliceComparison } from "./compare-slices.ts";
import type { VoteComparison } from "./compare-votes.ts";
import type { Overlap } from "./find-overlap.ts";
import type { SampleRatio } from "./sample-ratio.ts";
import type { VoteTally } from "./tally-votes.ts";

/** Why a decision is what it is; the first of a list is what decided. */
export type DecisionReason =
  /** The candidate's share of good votes is below the baseline's, by a bound that holds at every look. */
  | "votes_worse"
  /** A guard metric is worse, likewise. */
  | "guard_worse"
  /** The candidate is not worse by more than the margin, likewise. */
  | "within_margin"
  /** Requests do not divide into the arms as they should: something else than chance assigns or logs them. */
  | "sample_ratio_mismatch"
  /** The arms did not run at the same time. */
  | "not_concurrent"
  /** The caller says that something else than chance assigned the requests. */
  | "not_randomised"
  /** With the votes that were set aside the verdict would be another. */
  | "flagged_votes_decide"
  /** A slice says the opposite, or none says the same. */
  | "slices_disagree"
  | "too_few_votes"
  | "too_few_users"
  /** Enough votes to look, and neither bound is passed yet. */
  | "undecided";

/** How the arms came about: only the first two can show what the prompt did. */
export type DecisionDesign =
  /** Both ran all the time. */
  | "concurrent"
  /** Both ran for a part of the time, and that alone was compared. */
  | "overlap"
  /** One after the other, or not by chance. */
  | "observational";

/** What one prompt got. */
export interface ArmEvidence extends VoteTally {
  /** The value of the label. */
  readonly value: string;
  /** Logged requests. */
  readonly requests: number;
  /** Share of good votes, 0 to 1; null without any. */
  readonly share: number | null;
  /** Votes that were set aside because they are flagged. */
  readonly flagged: number;
}

/** What a decision rests on. */
export interface DecisionEvidence extends VoteComparison {
  /** SHA-256, in hexadecimal, of the requests, votes and options that were looked at. */
  readonly digest: string;
  /** A unit is what one user says of one request. */
  readonly level: "user_request_vote";
  readonly statistic: "difference_of_good_vote_shares";
  readonly design: DecisionDesign;
  /** The time in which both arms ran; null where there is none. */
  readonly overlap: Overlap | null;
  readonly candidate: ArmEvidence;
  readonly baseline: ArmEvidence;
  /** Users with votes in both arms, who are compared as if they were two. */
  readonly usersInBoth: number;
  readonly sampleRatio: SampleRatio;
  /** The comparison with the flagged votes in it; null where nothing is flagged. */
  readonly withFlagged: VoteComparison | null;
  readonly guards: readonly GuardComparison[];
  /** Those with enough users in both arms; the worst first. */
  readonly slices: readonly SliceComparison[];
  readonly dropped: {
    /** Verdicts that are neither good nor bad. */
    readonly neutral: number;
    /** Requests of either arm from outside the overlap, where that alone was compared. */
    readonly outsideOverlap: number;
  };
}

/** What is to be done about a decision, for whoever carries it out. */
export type DecisionCommand =
  /** Serve one value of the label in place of the other. */
  | {
      readonly action: "serve";
      readonly by: string;
      readonly value: string;
      readonly insteadOf: string;
    }
  /** Ask again with more votes; what an arm still lacks before it is looked at, 0 where both have enough. */
  | { readonly action: "wait"; readonly votes: number; readonly users: number }
  /** Find out what is wrong with the data. */
  | {
      readonly action: "inspect";
      readonly what: "assignment" | "flagged_votes" | "slices";
    }
  /** Ask `measureImprovementFromChange` with these options, and a control that the change did not touch. */
  | {
      readonly action: "measure";
      readonly options: {
        readonly change: string;
        readonly metric: "humanScore";
        readonly beforeDate: Date;
        readonly afterDate: Date;
      };
      readonly add: "control";
    };

/** The record of a decision about a prompt. */
export interface PromptDecision {
  readonly verdict: "revert" | "hold" | "keep" | "continue";
  /** What decided first. */
  readonly reasons: readonly [DecisionReason, ...DecisionReason[]];
  readonly by: string;
  readonly evidence: DecisionEvidence;
  /** What each arm needs before it is looked at, and what the one that has less of it has. */
  readonly needed: { readonly votes: number; readonly users: number };
  readonly have: { readonly votes: number; readonly users: number };
  readonly command: DecisionCommand;
  readonly decidedAt: Date;
  /** Whether `act` was left out of it. */
  readonly dryRun: boolean;
}
