import type { Store } from "../store.ts";
import { metricOf, type SegmentKey, type SegmentQuery, scanVoted } from "./collect-segments.ts";

/** For each segment the ids of its requests with the lowest human scores, or the widest gaps, in one more scan. */
export const findExamples = async (
  store: Store,
  query: SegmentQuery,
  keys: readonly SegmentKey[],
  most: number,
): Promise<readonly (readonly string[])[]> => {
  const found = keys.map((): { requestId: string; rank: number }[] => []);
  if (keys.length === 0 || most === 0) return found.map(() => []);
  const wanted = keys.map((key) =>
    key.map(({ label, value }) => ({ place: query.by.indexOf(label), value })),
  );
  for await (const batch of scanVoted(store, query)) {
    for (const [at, requestId] of batch.requestIds.entries()) {
      const value = metricOf(query, batch, at);
      const rank = query.metric === "humanScore" ? value : -Math.abs(value);
      if (Number.isNaN(rank) || Number.isNaN(batch.timestampMs[at]!)) continue;
      for (const [index, parts] of wanted.entries()) {
        if (!parts.every((part) => batch.labels[part.place]![at] === part.value)) continue;
        const own = found[index]!;
        if (own.length === most && rank >= own.at(-1)!.rank) continue;
        own.splice(own.findLastIndex((other) => other.rank <= rank) + 1, 0, { requestId, rank });
        own.length = Math.min(own.length, most);
      }
    }
  }
  return found.map((own) => own.map(({ requestId }) => requestId));
};
