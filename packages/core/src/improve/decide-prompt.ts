import { type FlaggedFeedback, requireFlagged } from "../bias/trust-in.ts";
import { requireCount, requireHumanThreshold, requirePeriod, requireTexts } from "../check-options.ts";
import { HeedError } from "../errors.ts";
import type { Store } from "../store.ts";
import { collectArms } from "./prompt/collect-arms.ts";
import { commandOf } from "./prompt/command-of.ts";
import { judgePrompt } from "./prompt/judge-prompt.ts";
import type { PromptDecision } from "./prompt/prompt-decision.ts";
import { weighEvidence } from "./prompt/weigh-evidence.ts";

export interface DecideOptions {
  /** The value of the label that is on trial. */
  readonly candidate: string;
  /** The value that it is to replace. */
  readonly baseline: string;
  /**
   * The label that tells the arms apart: `promptVersion`, `model`, or a metadata key.
   * @default "promptVersion"
   */
  readonly by?: string | undefined;
  /**
   * How far below the baseline's the candidate's share of good votes may be and still be kept: from 0, in shares.
   * @default 0.02
   */
  readonly margin?: number | undefined;
  /**
   * How often, over all looks together, a candidate that is as good may be reverted for its votes; between 0 and 0.5.
   * @default 0.05
   */
  readonly alpha?: number | undefined;
  /**
   * Votes an arm that a drop is to be found within; the test goes on beyond, but is less sharp there. Fixed before the
   * first look.
   * @default 600
   */
  readonly plannedVotes?: number | undefined;
  /**
   * Metrics that must not get worse: names of automatic scores, of which more is better, and `discardRate`.
   * @default []
   */
  readonly guards?: readonly string[] | undefined;
  /**
   * What `alpha` is to votes, for all guards together: each gets the same part of it.
   * @default 0.01
   */
  readonly guardAlpha?: number | undefined;
  /**
   * Labels whose values must not contradict the verdict.
   * @default []
   */
  readonly slices?: readonly string[] | undefined;
  /**
   * The candidate's share of the requests of both arms as it was meant, between 0 and 1; null where nobody knows, or
   * where users are assigned and a few make most requests: then it is not checked.
   * @default 0.5
   */
  readonly expectedShare?: number | null | undefined;
  /**
   * False where something else than chance decided which prompt a request got.
   * @default true
   */
  readonly randomised?: boolean | undefined;
  /**
   * Votes that each arm needs, of requests with a guard as of users; from 2.
   * @default 100
   */
  readonly minVotes?: number | undefined;
  /**
   * Users that each arm needs, and each slice that is compared; from 2. An anonymous vote is one of a user of its own.
   * @default 20
   */
  readonly minUsers?: number | undefined;
  /**
   * Feedback not to be trusted, which is set aside: as `flagSuspiciousFeedback` gives it, or users of your own list.
   * @default []
   */
  readonly flagged?: readonly FlaggedFeedback[] | undefined;
  /**
   * A vote says good above this score, 1 to 5, and bad below; at it, it says neither.
   * @default 3
   */
  readonly humanThreshold?: number | undefined;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
  /** Carries the decision out; called only where `dryRun` is false, and to revert or to keep. */
  readonly act?: ((decision: PromptDecision) => Promise<void> | void) | undefined;
  /**
   * Whether `act` is left uncalled.
   * @default true
   */
  readonly dryRun?: boolean | undefined;
  /**
   * The time, for the record.
   * @default the clock
   */
  readonly now?: (() => Date) | undefined;
}

/**
 * Decides what becomes of a prompt on trial beside another: `revert`, `keep`, `hold` where the data are in doubt, or
 * `continue`. Look as often as you like: over all looks, a candidate as good as the baseline is reverted for its votes
 * with probability `alpha` at most.
 *
 * The votes: shares of good verdicts, one verdict a user and request from the mean of the standing votes; of a user with
 * many they count for as many as their design effect leaves. Reverted is what is surely worse, kept what is surely not
 * worse by more than `margin`. Both need `minVotes` and `minUsers` in each arm, arms that ran at the same time and divided
 * the requests as they should, votes that say the same with the flagged ones among them, and no slice that says the
 * opposite. A guard that surely got worse reverts, too, and waits for no votes.
 *
 * Only the time in which both arms ran is compared. One prompt after the other shows what changed, not why: such data are
 * `observational`, and hold.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`; and whatever `act` throws
 *
 * @example
 * const { verdict, reasons } = await decidePrompt(store, { candidate: "v2", baseline: "v1" });
 */
export const decidePrompt = async (store: Store, options: DecideOptions): Promise<PromptDecision> => {
  const asked = withDefaults(options);
  requireOptions(asked);
  const { by, candidate, baseline, minVotes, minUsers } = asked;
  const { requests, verdicts } = await collectArms(store, asked);
  const { evidence, beganAt } = weighEvidence(requests, verdicts, asked);

  const needed = { votes: minVotes, users: minUsers };
  const have = {
    votes: Math.min(evidence.candidate.votes, evidence.baseline.votes),
    users: Math.min(evidence.candidate.users, evidence.baseline.users),
  };
  const judged = judgePrompt({ ...evidence, isRandomised: asked.randomised, have, needed });
  const { act, dryRun = true, now = () => new Date() } = options;
  const decision = {
    ...judged,
    by,
    evidence,
    needed,
    have,
    command: commandOf(judged, { by, candidate, baseline, beganAt, have, needed }),
    decidedAt: now(),
    dryRun,
  };
  if (!dryRun && act && (decision.verdict === "revert" || decision.verdict === "keep")) await act(decision);
  return decision;
};

const withDefaults = ({
  candidate,
  baseline,
  by = "promptVersion",
  margin = 0.02,
  alpha = 0.05,
  plannedVotes = 600,
  guards = [],
  guardAlpha = 0.01,
  slices = [],
  expectedShare = 0.5,
  randomised = true,
  minVotes = 100,
  minUsers = 20,
  flagged = [],
  humanThreshold = 3,
  since,
  until,
}: DecideOptions) => ({
  ...{ candidate, baseline, by, margin, alpha, plannedVotes, guards, guardAlpha, slices, expectedShare },
  ...{ randomised, minVotes, minUsers, flagged, humanThreshold, since, until },
});

type Asked = ReturnType<typeof withDefaults>;

const requireOptions = (asked: Asked): void => {
  const { candidate, baseline, by, margin, alpha, guardAlpha, expectedShare, humanThreshold } = asked;
  requirePeriod(asked);
  requireHumanThreshold(humanThreshold);
  requireTexts("guards", asked.guards);
  requireTexts("slices", asked.slices);
  const refused = [
    [!isText(candidate), "candidate is no text"],
    [!isText(baseline), "baseline is no text"],
    [!isText(by), "by is no text"],
    [candidate === baseline, "candidate is the baseline"],
    [!(margin >= 0 && margin < 1), "margin is not from 0 to 1"],
    [!(alpha > 0 && alpha < 0.5), "alpha is not between 0 and 0.5"],
    [!(guardAlpha > 0 && guardAlpha < 0.5), "guardAlpha is not between 0 and 0.5"],
    [new Set(asked.guards).size < asked.guards.length, "guards names one twice"],
    [new Set(asked.slices).size < asked.slices.length, "slices names one twice"],
    [
      expectedShare !== null && !(expectedShare > 0 && expectedShare < 1),
      "expectedShare is not between 0 and 1",
    ],
  ] as const;
  for (const name of ["plannedVotes", "minVotes", "minUsers"] as const) requireCount(name, asked[name], 2);
  requireFlagged(asked.flagged);
  for (const [isRefused, message] of refused) if (isRefused) throw new HeedError("INVALID_QUERY", message);
};

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
