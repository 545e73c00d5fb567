import { measureImprovementFromChange, memoryStore } from "@heed/core";
import type { EvaluationRecord } from "@heed/schema";
import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryRequests, itemsOf, middle } from "../packages/store-testing/src/data/arbitrary-requests.ts";

const change = { change: "middle", beforeDate: middle, afterDate: middle };

test("swapping before and after flips the sign", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryRequests(30, 60), async (requests) => {
      const forward = memoryStore();
      const backward = memoryStore();
      const { records, events } = itemsOf(requests);
      const mirrored = ({ timestamp, ...item }: EvaluationRecord) => ({
        ...item,
        // One millisecond less, as the middle belongs to the time after.
        timestamp: new Date(2 * middle.getTime() - timestamp.getTime() - 1),
      });
      await forward.appendEvaluations(records);
      // Each part keeps its place within its request.
      const first = new Map<string, number>();
      for (const { requestId, timestamp } of records)
        first.set(requestId, Math.min(first.get(requestId) ?? Number.POSITIVE_INFINITY, timestamp.getTime()));
      await backward.appendEvaluations(
        records.map((record) => {
          const begun = first.get(record.requestId)!;
          const later = record.timestamp.getTime() - begun;
          const moved = mirrored({ ...record, timestamp: new Date(begun) });
          return { ...moved, timestamp: new Date(moved.timestamp.getTime() + later) };
        }),
      );
      for (const store of [forward, backward]) await store.appendFeedback(events);
      for (const metric of ["score", "humanScore", "feedbackRate", "discardRate"] as const) {
        const options = { ...change, metric };
        const there = await measureImprovementFromChange(forward, options);
        const back = await measureImprovementFromChange(backward, options);
        const flipped = { improved: "worsened", worsened: "improved" } as const;
        expect(back.verdict).toBe(
          there.verdict === "improved" || there.verdict === "worsened"
            ? flipped[there.verdict]
            : there.verdict,
        );
        if ("difference" in there && "difference" in back)
          expect(back.difference).toBeCloseTo(-there.difference, 12);
        if ("ci" in there && "ci" in back) {
          expect(back.ci[0]).toBeCloseTo(-there.ci[1], 9);
          expect(back.ci[1]).toBeCloseTo(-there.ci[0], 9);
        }
      }
    }),
    { numRuns: 25 },
  );
});
