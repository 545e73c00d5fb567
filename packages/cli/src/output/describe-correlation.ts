import type { CorrelationEstimate, FeedbackCorrelation } from "@heed/core";
import { printable } from "../printable.ts";
import { formatCount, formatInterval, formatNumber, formatP } from "./format-number.ts";
import { table } from "./table.ts";

/** What `correlateFeedbackWithMetrics` found, as text for people: the figures, and what they mean. */
export const describeCorrelation = (answer: FeedbackCorrelation): string => {
  const head = `Score "${printable(answer.score)}" against votes, by ${printable(answer.level)}`;
  return `${head}${figures(answer)}\n${verdict(answer)}\n${leftOut(answer)}\n`;
};

const figures = (answer: FeedbackCorrelation): string => {
  if (answer.verdict !== "estimated") return "\n";
  const row = (name: string, { r, p, ci }: CorrelationEstimate) => [
    name,
    formatNumber(r),
    formatInterval(ci),
    formatP(p),
  ];
  const pairs = `: ${formatCount(answer.n)} pairs, ${answer.votesPerUnit.toFixed(1)} votes behind each`;
  const heading = ["", "r", "95 % interval", "p"];
  return `${pairs}\n\n${table([heading, row("Pearson", answer.pearson), row("Spearman", answer.spearman)])}`;
};

const leftOut = ({ dropped, level }: FeedbackCorrelation): string => {
  const parts = [
    [dropped.noVotes, "without a vote"],
    [dropped.noScore, "without the score"],
    [dropped.noLabel, `without a ${printable(level)}`],
    [dropped.notLogged, "voted on but never logged"],
  ] as const;
  const some = parts.filter(([count]) => count > 0).map(([count, what]) => `${formatCount(count)} ${what}`);
  return some.length > 0
    ? `Requests left out: ${some.join(", ")}.`
    : "No request of the period was left out.";
};

const constants = {
  humanScore: "all votes say the same",
  score: "the score is always the same",
  both: "neither votes nor scores ever differ",
} as const;

const verdict = (answer: FeedbackCorrelation): string => {
  switch (answer.verdict) {
    case "not_enough_data":
      return `Not enough data: ${answer.needed} pairs of a vote and a score are needed, and there are ${answer.have}.`;
    case "no_variation":
      return `Nothing to compare: ${constants[answer.constant]}.`;
    case "estimated":
      return judge(answer.spearman);
  }
};

/** Votes come in grades, so that the rank correlation speaks for them. */
const judge = ({ r, ci: [low, high] }: CorrelationEstimate): string => {
  if (low <= 0 && high >= 0)
    return "No clear relation: the interval includes 0, so these votes do not show that the score means anything.";
  const relation = `a ${strength(Math.abs(r))} relation`;
  return r > 0
    ? `The score goes with the votes: where it is higher, people vote better (${relation}).`
    : `The score goes against the votes: where it is higher, people vote worse (${relation}). Do not trust it here.`;
};

/** The usual words: Cohen (1988), Statistical Power Analysis, chapter 3. */
const strength = (r: number): string => (r < 0.3 ? "weak" : r < 0.5 ? "moderate" : "strong");
