import type { DecisionReason, PromptDecision } from "@heed/core";
import { printable } from "../printable.ts";
import { clip } from "./clip.ts";
import { describeLeftOut } from "./describe-left-out.ts";
import {
  formatCount,
  formatCounted,
  formatNumber,
  formatP,
  formatPercent,
  formatPoints,
  formatPointsInterval,
  formatSigned,
} from "./format-number.ts";
import { formatDay } from "./format-time.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { table } from "./table.ts";

type Evidence = PromptDecision["evidence"];

/** How a decision was asked for, where it does not say so itself. */
interface DecisionAsked {
  /** @default 0.02 */
  readonly margin?: number | undefined;
}

/** What `decidePrompt` decided, as text for people: what to do and why, then what that rests on. */
export const describeDecision = (decision: PromptDecision, { margin = 0.02 }: DecisionAsked = {}): string => {
  const { evidence, by } = decision;
  const [candidate, baseline] = [evidence.candidate, evidence.baseline].map(({ value }) => clip(value, 30));
  const title = `${printable(by)} ${candidate} on trial beside ${baseline}`;
  return paragraphs([
    lines([title, headline(decision), ...reasonsOf(decision, margin)]),
    arms(evidence),
    difference(evidence),
    guards(evidence),
    slices(evidence),
    lines(notes(decision)),
    lines([
      describeLeftOut([[evidence.dropped.outsideOverlap, "of a time in which only one of the two ran"]]),
      evidence.dropped.neutral > 0
        ? `Votes that say neither good nor bad: ${formatCount(evidence.dropped.neutral)}, not counted.`
        : null,
      `Digest of the evidence: ${evidence.digest}`,
    ]),
  ]);
};

const headline = ({ verdict, command, evidence }: PromptDecision): string => {
  const [candidate, baseline] = [evidence.candidate, evidence.baseline].map(({ value }) => clip(value, 30));
  switch (verdict) {
    case "revert":
      return `REVERT: serve ${baseline} again in place of ${candidate}.`;
    case "keep":
      return `KEEP: serve ${candidate} in place of ${baseline}.`;
    case "hold":
      return "HOLD: change nothing yet, the data are in doubt.";
    case "continue":
      return command.action === "wait" && command.votes + command.users > 0
        ? `CONTINUE: the smaller of the two lacks ${lackOf(command)}.`
        : "CONTINUE: nothing is sure yet; look again whenever you like.";
  }
};

const lackOf = ({ votes, users }: { readonly votes: number; readonly users: number }): string =>
  [
    ...(votes > 0 ? [formatCounted(votes, "vote")] : []),
    ...(users > 0 ? [formatCounted(users, "user")] : []),
  ].join(" and ");

const reasonsOf = ({ reasons, needed, evidence }: PromptDecision, margin: number): readonly string[] => {
  const { sampleRatio, guards: compared } = evidence;
  const worse = compared.filter(({ finding }) => finding === "worse").map(({ guard }) => printable(guard));
  const meanings: Readonly<Record<DecisionReason, string>> = {
    votes_worse: "Users like it less, by more than luck explains at any look.",
    guard_worse: `Guards that got worse, by more than luck explains at any look: ${worse.join(", ")}.`,
    within_margin: `Its share of good votes is lower by less than ${formatPoints(margin).replace("+", "")}, if at all, as far as any look can tell.`,
    undecided: "The votes speak neither for going back nor for keeping it yet.",
    too_few_votes: `Each of the two needs ${formatCounted(needed.votes, "vote")}.`,
    too_few_users: `Each of the two needs ${formatCounted(needed.users, "user")}.`,
    sample_ratio_mismatch: `It got ${formatPercent(sampleRatio.share ?? 0)} of the requests and should have had ${formatPercent(sampleRatio.expectedShare ?? 0)} (p ${formatP(sampleRatio.p ?? 0)}): find out what assigns or logs requests otherwise first.`,
    not_concurrent:
      "The two did not run at the same time: what else changed meanwhile cannot be told from what the prompt did. heed impact, with a --control that the change did not touch, says more.",
    not_randomised:
      "It was not chance that decided which request got which: heed impact, with a --control that the change did not touch, says more.",
    flagged_votes_decide:
      "With the votes that were set aside, the votes would say something else: look at these first.",
    slices_disagree: "A slice says the opposite: decide for the slices, not for all.",
  };
  return reasons.map((reason) => meanings[reason]);
};

const arms = ({ candidate, baseline }: Evidence): string =>
  table([
    ["", "requests", "votes", "good", "share", "users", "set aside"],
    ...[candidate, baseline].map((arm) => [
      clip(arm.value, 30),
      formatCount(arm.requests),
      formatCount(arm.votes),
      formatCount(arm.good),
      arm.share === null ? "-" : formatPercent(arm.share),
      formatCount(arm.users),
      formatCount(arm.flagged),
    ]),
  ]);

const difference = ({ difference: points, ci, anytimeP }: Evidence): string | null => {
  if (points === null || ci === null || anytimeP === null) return null;
  return table(
    [
      ["difference", formatPoints(points)],
      ["interval at any look", formatPointsInterval(ci)],
      ["p at any look", `${formatP(anytimeP)}, that it is no worse`],
    ],
    [0, 1],
  );
};

const guards = ({ guards: compared }: Evidence): string | null =>
  compared.length === 0
    ? null
    : table([
        ["guard", "on trial", "of", "beside", "of", "difference", "interval at any look", ""],
        ...compared.map(({ guard, candidate, baseline, difference: own, ci, finding }) => [
          clip(guard, 24),
          ...[candidate, baseline].flatMap(({ n, mean }) => [
            mean === null ? "-" : formatNumber(mean),
            formatCount(n),
          ]),
          own === null ? "-" : formatSigned(own),
          ci?.map(formatSigned).join(" to ") ?? "-",
          finding === "worse" ? "worse" : "",
        ]),
      ]);

const slices = ({ slices: compared }: Evidence): string | null =>
  compared.length === 0
    ? null
    : table([
        [
          compared.length > mostSlices
            ? `slice, the worst ${mostSlices} of ${formatCount(compared.length)}`
            : "slice, the worst first",
          "votes",
          "beside",
          "difference",
          "interval at any look",
        ],
        ...compared
          .slice(0, mostSlices)
          .map(({ label, value, candidate, baseline, ...own }) => [
            clip(`${label}=${value}`, 36),
            formatCount(candidate.votes),
            formatCount(baseline.votes),
            formatPoints(own.difference!),
            own.ci ? formatPointsInterval(own.ci) : "-",
          ]),
      ]);

const mostSlices = 10;

const notes = ({ evidence, reasons }: PromptDecision): readonly (string | null)[] => {
  const { design, overlap, usersInBoth, withFlagged, candidate, baseline } = evidence;
  const effect = Math.max(candidate.designEffect, baseline.designEffect);
  return [
    design === "observational" && overlap === null && reasons[0] !== "not_concurrent" && bothRan(evidence)
      ? "The two did not run at the same time: with more votes, too, this can only be held."
      : null,
    design === "overlap" && overlap
      ? `Only the time of both is compared: ${formatDay(overlap.since)} to ${formatDay(overlap.until)}.`
      : null,
    effect >= 1.05
      ? `Votes of one user go together: ${effect.toFixed(1)} of them count for one of a user who gives no other.`
      : null,
    usersInBoth > 0 ? `${formatCounted(usersInBoth, "user")} voted on both, and counted as two.` : null,
    withFlagged?.difference != null
      ? `With the votes that were set aside the difference would be ${formatPoints(withFlagged.difference)}.`
      : null,
  ];
};

const bothRan = ({ candidate, baseline }: Evidence): boolean =>
  candidate.requests > 0 && baseline.requests > 0;
