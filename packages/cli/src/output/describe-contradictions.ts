import type { CohortVerdicts, Contradiction, Contradictions } from "@heed/core";
import { printable } from "../printable.ts";
import type { Asked } from "./asked.ts";
import { clip } from "./clip.ts";
import { describeLeftOut } from "./describe-left-out.ts";
import {
  formatCount,
  formatCounted,
  formatP,
  formatPercent,
  formatPercentInterval,
  intervalHeading,
} from "./format-number.ts";
import { lines, paragraphs } from "./paragraphs.ts";
import { table } from "./table.ts";
import { pageWidth } from "./wrap.ts";

/**
 * What `findContradictions` found, as text for people: what one cohort likes and another dislikes, then what cohorts only
 * like more or less, the surest first.
 */
export const describeContradictions = (answer: Contradictions, asked: Asked = {}): string => {
  const title = `Verdicts of users by ${printable(answer.by)}, on each ${printable(answer.across)}`;
  const { noCohort, noUnit, neutral } = answer.dropped;
  const { contradictions, differences } =
    "contradictions" in answer ? answer : { contradictions: [], differences: [] };
  return paragraphs([
    lines(["tests" in answer ? `${title}: ${formatCount(answer.tests)} compared` : title, headline(answer)]),
    ...describeSurest(contradictions, asked),
    contradictions.length > 0 && differences.length > 0 ? "Groups that differ only in degree:" : null,
    ...describeSurest(differences, asked),
    lines([
      overall(answer),
      contradictions.length + differences.length > 0
        ? "q is the p-value, corrected for how many were compared."
        : null,
      describeLeftOut(
        [
          [noCohort, `of users without a ${printable(answer.by)}`],
          [noUnit, `on requests without a ${printable(answer.across)}`],
        ],
        "vote",
      ),
      neutral > 0 ? `${formatCounted(neutral, "verdict")} neither good nor bad: not counted.` : null,
    ]),
  ]);
};

const mostShown = 10;

const headline = (answer: Contradictions): string => {
  const by = printable(answer.by);
  const across = printable(answer.across);
  switch (answer.verdict) {
    case "one_cohort":
      return `Nobody to contradict: all votes are of ${by} ${clip(answer.cohort, 40)}.`;
    case "not_enough_data":
      return `Not enough data: no ${across} has ${formatCounted(answer.needed, "verdict")} from each of two groups of users; the smaller of the two has ${answer.have} at most.`;
    case "no_contradiction":
      return "No contradiction: wherever they can be compared, all users say the same.";
    case "only_degree": {
      const { differences } = answer;
      const [{ unit, cohorts }] = differences as readonly [Contradiction];
      return `No contradiction: groups differ beyond chance on ${manyOf(differences)}, but only in degree; the surest is ${clip(unit, 40)}, liked by more of ${clip(cohorts[0]!.cohort, 24)} than of ${clip(cohorts.at(-1)!.cohort, 24)}.`;
    }
    case "only_noise":
      return "No contradiction between groups: users disagree, but not by group beyond chance.";
    case "contradictions_found": {
      const [{ unit, cohorts }] = answer.contradictions as readonly [Contradiction];
      return `Groups contradict each other on ${manyOf(answer.contradictions)}; the surest is ${clip(unit, 40)}, liked by ${clip(cohorts[0]!.cohort, 24)} and disliked by ${clip(cohorts.at(-1)!.cohort, 24)}.`;
    }
  }
};

const manyOf = (units: readonly Contradiction[]): string =>
  units.length === 1 ? "one" : `${formatCount(units.length)} of them`;

const describeSurest = (units: readonly Contradiction[], asked: Asked): readonly string[] => [
  ...units.slice(0, mostShown).map((unit) => describeOne(unit, asked)),
  units.length > mostShown ? `${formatCount(units.length - mostShown)} more: see --json.` : "",
];

const describeOne = ({ unit, cohorts, q }: Contradiction, { confidence }: Asked): string =>
  `  ${clip(unit, pageWidth - 20)}  (q ${formatP(q)})\n${table([
    ["", "liked", "disliked", "share", intervalHeading(confidence)],
    ...cohorts.map(cohortRow),
  ])}`;

const cohortRow = ({ cohort, liked, disliked, share, ci }: CohortVerdicts): readonly string[] => [
  `  ${clip(cohort, 30)}`,
  formatCount(liked),
  formatCount(disliked),
  formatPercent(share),
  formatPercentInterval(ci),
];

const overall = (answer: Contradictions): string | null => {
  if (!("overall" in answer)) return null;
  const { within, between } = answer.overall;
  const parts = [
    within === null ? [] : [`${formatPercent(within)} of two users of one group`],
    between === null ? [] : [`${formatPercent(between)} of two of different groups`],
  ].flat();
  return parts.length > 0 ? `Who say the opposite: ${parts.join(", ")}.` : null;
};
