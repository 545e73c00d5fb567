import { emptyMoments, type MomentSums, mergeMoments } from "../stats/moment-sums.ts";
import type { SegmentKey, SegmentSums } from "./collect-segments.ts";
import { compareMeans } from "./compare-means.ts";

type Total = Pick<SegmentSums, "sums" | "low">;

/** A segment beside all other requests. */
export interface ComparedSegment extends SegmentSums {
  readonly key: SegmentKey;
  readonly rest: Total;
  readonly p: number;
  readonly ci: readonly [number, number] | null;
}

/**
 * Compares each segment of one set of labels with all others of it, where both have enough requests, which are two or
 * more; those without the labels are part of the others.
 */
export const compareSegments = (
  set: readonly SegmentSums[],
  smallest: number,
  confidence: number,
): readonly ComparedSegment[] => {
  // Sums of all before and of all after each, since taking one out of a total would lose digits.
  const before = [nothing];
  for (const segment of set) before.push(merge(before.at(-1)!, segment));
  const after = [nothing];
  for (const segment of set.toReversed()) after.push(merge(after.at(-1)!, segment));
  return set.flatMap((segment, at) => {
    const rest = merge(before[at]!, after[set.length - 1 - at]!);
    if (!segment.key || segment.sums.n < smallest || rest.sums.n < smallest) return [];
    const { p, ci } = compareMeans(segment.sums, rest.sums, { confidence });
    return [{ ...segment, key: segment.key, rest, p: p!, ci }];
  });
};

/** Whether a pair differs from the remainder of a broader segment, which otherwise explains it. */
export const differsWithin = (
  { key, sums }: { readonly key: SegmentKey; readonly sums: MomentSums },
  broader: SegmentKey,
  sets: readonly (readonly SegmentSums[])[],
  level: number,
): boolean => {
  const own = sets.find((set) => set.some((segment) => segment.key === key))!;
  const others = own.filter((segment) => segment.key !== key && isWithin(segment.parts, broader));
  const { p } = compareMeans(sums, totalOf(others).sums);
  return p !== null && p <= level;
};

export const isWithin = (narrow: SegmentKey, broad: SegmentKey): boolean =>
  broad.every(({ label, value }) => narrow.some((own) => own.label === label && own.value === value));

/** The sums of several segments together. */
export const totalOf = (segments: readonly Total[]): Total => segments.reduce(merge, nothing);

const nothing: Total = { sums: emptyMoments(), low: 0 };

const merge = (a: Total, b: Total): Total => ({
  sums: mergeMoments(a.sums, b.sums),
  low: a.low + b.low,
});
