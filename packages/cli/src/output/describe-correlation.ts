import type { CorrelationEstimate, FeedbackCorrelation } from "@heed/core";
import { printable } from "../printable.ts";
import type { Asked } from "./asked.ts";
import { describeLeftOut } from "./describe-left-out.ts";
import { formatCount, formatInterval, formatNumber, formatP, intervalHeading } from "./format-number.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { table } from "./table.ts";

type Estimated = Extract<FeedbackCorrelation, { verdict: "estimated" }>;

/** What `correlateFeedbackWithMetrics` found of one score, as text for people: what it means, and the figures. */
export const describeCorrelation = (answer: FeedbackCorrelation, asked: Asked = {}): string => {
  const title = `Score "${printable(answer.score)}" against votes, by ${printable(answer.level)}`;
  const leftOut = leftOutOf(answer);
  if (answer.verdict !== "estimated")
    return paragraphs([lines([title, describeNoCorrelation(answer)]), leftOut]);
  const pairs = `${formatCount(answer.n)} pairs, ${answer.votesPerUnit.toFixed(1)} votes behind each`;
  return paragraphs([
    lines([`${title}: ${pairs}`, judge(answer)]),
    figures(answer, asked),
    lines([aboutUsers(answer), aboutWeights(answer), leftOut]),
  ]);
};

const constants = {
  humanScore: "all votes say the same",
  score: "the score is always the same",
  both: "neither votes nor scores ever differ",
} as const;

/** Why there is no correlation. */
export const describeNoCorrelation = (answer: Exclude<FeedbackCorrelation, Estimated>): string =>
  answer.verdict === "not_enough_data"
    ? `Not enough data: ${answer.needed} pairs of a vote and a score are needed, and there are ${answer.have}.`
    : `Nothing to compare: ${constants[answer.constant]}.`;

/** The interval of Spearman's rho to go by: where users voted more than once, the one that allows for it. */
export const spearmanInterval = ({ spearman, clustered }: Estimated): readonly [number, number] =>
  clustered?.spearman ?? spearman.ci;

/** Votes come in grades, so that the rank correlation speaks for them. */
const judge = (answer: Estimated): string => {
  const { r } = answer.spearman;
  const [low, high] = spearmanInterval(answer);
  if (low <= 0 && high >= 0)
    return "No clear relation: the interval includes 0, so these votes do not show that the score means anything.";
  const relation = `a ${strength(Math.abs(r))} relation`;
  return r > 0
    ? `The score goes with the votes: where it is higher, people vote better (${relation}).`
    : `The score goes against the votes: where it is higher, people vote worse (${relation}). Do not trust it here.`;
};

/** The usual words: Cohen (1988), Statistical Power Analysis, chapter 3. */
const strength = (r: number): string => (r < 0.3 ? "weak" : r < 0.5 ? "moderate" : "strong");

const figures = ({ pearson, spearman, kendall, clustered }: Estimated, { confidence }: Asked): string => {
  const isClustered = clustered !== null && (clustered.pearson ?? clustered.spearman) !== null;
  const row = (
    name: string,
    { r, p, ci }: CorrelationEstimate,
    byUser: readonly [number, number] | null = null,
  ) => [
    name,
    formatNumber(r),
    formatInterval(ci),
    ...(isClustered ? [byUser ? formatInterval(byUser) : "-"] : []),
    formatP(p),
  ];
  return table([
    ["", "r", intervalHeading(confidence), ...(isClustered ? ["drawing users"] : []), "p"],
    row("Pearson", pearson, clustered?.pearson),
    row("Spearman", spearman, clustered?.spearman),
    ...(kendall ? [row("Kendall", kendall)] : []),
  ]);
};

const whyNoUsers = {
  too_few_clusters: "so few users give no others",
  often_undefined: "too many samples of users have a single value to give others",
  no_spread: "samples of users are all alike, and give no others",
} as const;

const aboutUsers = ({ clustered }: Estimated): string | null => {
  if (!clustered) return null;
  const { users, resamples, reason } = clustered;
  const some =
    users === 1
      ? "All votes are of one user"
      : `Some of ${formatCount(users)} users voted on several requests`;
  return reason === null
    ? `${some}: go by the intervals from ${formatCount(resamples)} samples of users, which allow for it.`
    : `${some}, so that the intervals are too narrow; ${whyNoUsers[reason]}.`;
};

const aboutWeights = ({ n, effectiveSize }: Estimated): string | null =>
  n - effectiveSize > 0.05 ? `Weighted: as sure as ${effectiveSize.toFixed(1)} pairs of equal weight.` : null;

const leftOutOf = ({ dropped, level }: FeedbackCorrelation): string =>
  describeLeftOut([
    [dropped.noVotes, "without a vote"],
    [dropped.noScore, "without the score"],
    [dropped.noLabel, `without a ${printable(level)}`],
    [dropped.noWeight, "without a weight"],
    [dropped.notLogged, "voted on but never logged"],
  ]);
