import type { RequestBatch } from "../requests/request-batch.ts";
import { scanRequests } from "../requests/scan-requests.ts";
import { addValue, emptyMoments, type MomentSums } from "../stats/moment-sums.ts";
import type { Store } from "../store.ts";
import { gapOf } from "./gap-of.ts";

/** What the requests of a segment have in common. */
export type SegmentKey = readonly { readonly label: string; readonly value: string }[];

/** The sums of one segment. */
export interface SegmentSums {
  /** Absent for the requests that lack one of the labels, which are no segment. */
  readonly key: SegmentKey | undefined;
  /** The labels that they do have. */
  readonly parts: SegmentKey;
  readonly sums: MomentSums;
  /** Requests with a human score below 3. */
  readonly low: number;
}

export interface SegmentQuery {
  readonly by: readonly string[];
  readonly pairs: boolean;
  readonly metric: "humanScore" | "gap";
  readonly score: string;
  readonly scoreRange: readonly [number, number];
  readonly since: Date | undefined;
  readonly until: Date | undefined;
}

/** Values of a label, or of a pair, beyond which it is an id rather than a segment. */
const mostValues = 1_000;

/** Sums the voted requests up by each label and each pair, in one scan. */
export const collectSegments = async (store: Store, query: SegmentQuery) => {
  const sets = labelSets(query).map((places) => ({ places, segments: new Map<string, MutableSums>() }));
  let [n, noScore, notLogged] = [0, 0, 0];
  for await (const batch of scanVoted(store, query)) {
    for (let at = 0; at < batch.requestIds.length; at++) {
      const value = metricOf(query, batch, at);
      if (Number.isNaN(batch.timestampMs[at]!)) notLogged++;
      else if (Number.isNaN(value)) noScore++;
      else {
        n++;
        const isLow = batch.humanScore[at]! < 3;
        for (const { places, segments } of sets) {
          if (segments.size > mostValues) continue;
          const segment = segmentOf(segments, query.by, places, batch, at);
          addValue(segment.sums, value);
          if (isLow) segment.low++;
        }
      }
    }
  }
  const isSkipped = ({ segments }: (typeof sets)[number]): boolean => segments.size > mostValues;
  return {
    n,
    dropped: { noScore, notLogged },
    skipped: sets.filter(isSkipped).map(({ places }) => places.map((place) => query.by[place]!)),
    sets: sets
      .filter((set) => !isSkipped(set))
      .map(({ segments }): readonly SegmentSums[] =>
        [...segments].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, segment]) => segment),
      ),
  };
};

/** The voted requests of a query for segments. */
export const scanVoted = (store: Store, { by, metric, score, since, until }: SegmentQuery) =>
  scanRequests(store, {
    votedOnly: true,
    labels: by,
    scores: metric === "gap" ? [score] : [],
    since,
    until,
  });

/** The human score, or how far the evaluator's, brought to the same scale, is above it. */
export const metricOf = (
  query: Pick<SegmentQuery, "metric" | "scoreRange">,
  batch: RequestBatch,
  at: number,
): number => {
  const human = batch.humanScore[at]!;
  return query.metric === "humanScore" ? human : gapOf(batch.scores[0]![at]!, human, query.scoreRange);
};

type MutableSums = SegmentSums & { sums: ReturnType<typeof emptyMoments>; low: number };

const segmentOf = (
  segments: Map<string, MutableSums>,
  by: readonly string[],
  places: readonly number[],
  batch: RequestBatch,
  at: number,
): MutableSums => {
  const values = places.map((place) => batch.labels[place]![at]);
  // No label contains NUL.
  const id = values.map((value) => (value === undefined ? "" : `=${value}`)).join("\0");
  const present = segments.get(id);
  if (present) return present;
  const parts = places.flatMap((place, index) =>
    values[index] === undefined ? [] : [{ label: by[place]!, value: values[index] }],
  );
  const key = parts.length === places.length ? parts : undefined;
  const segment = { key, parts, sums: emptyMoments(), low: 0 };
  segments.set(id, segment);
  return segment;
};

const labelSets = ({ by, pairs }: SegmentQuery): readonly (readonly number[])[] => [
  ...by.map((_, at) => [at]),
  ...(pairs
    ? by.flatMap((_, first) => by.flatMap((__, second) => (first < second ? [[first, second]] : [])))
    : []),
];
