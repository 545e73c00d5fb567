import type { DownReason, UpReason } from "@heed/schema";
import { labelOf } from "../../requests/label-of.ts";
import { benjaminiHochberg } from "../../stats/benjamini-hochberg.ts";
import { fisherExactTest } from "../../stats/fisher-exact-test.ts";
import type { CorrectedOutput } from "./corrected-output.ts";
import { clip, quoteSafely } from "./quote-safely.ts";

type Direction = "too_kind" | "too_harsh";

/** Something that evaluators before got wrong, as a count; no model wrote it. */
export interface JudgeGuideline {
  /** `direction`: how often at all; `reason`: why people disagreed; `segment`: where it happened more than elsewhere. */
  readonly kind: "direction" | "reason" | "segment";
  readonly direction: Direction;
  /** As it stands in the prompt. */
  readonly text: string;
  readonly count: number;
  /** Of how many. */
  readonly of: number;
  /** Of a `reason`. */
  readonly reason?: UpReason | DownReason;
  /** Of a `segment`. */
  readonly segment?: { readonly label: string; readonly value: string };
}

const mostReasons = 3;
const mostSegments = 3;
const fewestOfReason = 2;
const fewestOfSegment = 20;
const mostValueLength = 80;
/** The share of segments named for nothing that is put up with, on average. */
const falseDiscoveryRate = 0.05;

const said = {
  too_kind: { verdict: "good", people: "bad", advice: "be stricter" },
  too_harsh: { verdict: "bad", people: "good", advice: "be milder" },
} as const;

/** Puts into sentences where evaluator and humans disagreed: how often, for what reasons, and in what segments more. */
export const distilGuidelines = (
  outputs: readonly CorrectedOutput[],
  by: readonly string[],
): readonly JudgeGuideline[] => {
  const directions = (["too_kind", "too_harsh"] as const).flatMap((direction) => {
    const own = outputs.filter(({ kind }) => kind === direction);
    return own.length === 0 ? [] : [{ direction, own }];
  });
  return [
    ...directions.map(({ direction, own }): JudgeGuideline => {
      const { verdict, people } = said[direction];
      return {
        kind: "direction",
        direction,
        text: `Of ${outputs.length} earlier outputs, ${own.length} were called ${verdict} where people said ${people}.`,
        count: own.length,
        of: outputs.length,
      };
    }),
    ...directions.flatMap(({ direction, own }) => reasonsOf(direction, own)),
    ...segmentsOf(outputs, by),
  ];
};

const reasonsOf = (direction: Direction, own: readonly CorrectedOutput[]): readonly JudgeGuideline[] => {
  const counts = new Map<UpReason | DownReason, number>();
  for (const { output } of own)
    for (const reason of output.reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const { verdict, people } = said[direction];
  return [...counts]
    .filter(([reason, count]) => count >= fewestOfReason && reason !== "other")
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, mostReasons)
    .map(([reason, count]) => ({
      kind: "reason",
      direction,
      text: `Of the ${own.length} called ${verdict} where people said ${people}, ${count} were named "${reason}": look for that.`,
      count,
      of: own.length,
      reason,
    }));
};

const segmentsOf = (
  outputs: readonly CorrectedOutput[],
  by: readonly string[],
): readonly JudgeGuideline[] => {
  const tested = by.flatMap((label) => {
    const groups = Map.groupBy(outputs, ({ output }) => labelOf(output.request, label));
    return [...groups].flatMap(([value, own]) => {
      const elsewhere = outputs.length - own.length;
      if (value === undefined || own.length < fewestOfSegment || elsewhere < fewestOfSegment) return [];
      return (["too_kind", "too_harsh"] as const).map((direction) => {
        const count = own.filter(({ kind }) => kind === direction).length;
        const others = outputs.filter(({ kind }) => kind === direction).length - count;
        const p = fisherExactTest(count, own.length - count, others, elsewhere - others);
        return { label, value, direction, count, of: own.length, others, elsewhere, p };
      });
    });
  });
  const qs = benjaminiHochberg(tested.map(({ p }) => p));
  return tested
    .filter(
      ({ count, of, others, elsewhere }, at) =>
        qs[at]! <= falseDiscoveryRate && count / of > others / elsewhere,
    )
    .sort((a, b) => a.p - b.p || (`${a.label} ${a.value}` < `${b.label} ${b.value}` ? -1 : 1))
    .slice(0, mostSegments)
    .map(({ label, value, direction, count, of, others, elsewhere }) => {
      const { verdict, people, advice } = said[direction];
      const where = `Where ${label} is ${quoteSafely(clip(value, mostValueLength))}`;
      return {
        kind: "segment",
        direction,
        text: `${where}, ${advice}: ${count} of ${of} were called ${verdict} where people said ${people}, elsewhere ${others} of ${elsewhere}.`,
        count,
        of,
        segment: { label, value },
      };
    });
};
