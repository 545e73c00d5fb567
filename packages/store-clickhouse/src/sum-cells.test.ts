import { groupAccumulator, type RequestGroup } from "@heed/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type GroupCell, sumCells } from "./sum-cells.ts";

interface Request {
  readonly label: string | undefined;
  readonly score: number | undefined;
  readonly humanScore: number | undefined;
  readonly exposed: boolean;
  readonly discarded: boolean;
}

/** A cell of requests that share a label and a human score, as an engine sums them up from a pivot. */
const cellOf = (requests: readonly Request[], pivot: number): GroupCell => {
  const scores = requests.flatMap(({ score }) => (score === undefined ? [] : [score - pivot]));
  const n = scores.length;
  const mean = n === 0 ? 0 : scores.reduce((sum, score) => sum + score, 0) / n;
  const { label, humanScore } = requests[0]!;
  return {
    labels: [label],
    period: 0,
    scoreBin: 0,
    humanScore: humanScore ?? null,
    logged: requests.length,
    exposed: requests.filter(({ exposed }) => exposed).length,
    discarded: requests.filter(({ discarded }) => discarded).length,
    score: { n, pivot, mean, m2: scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) },
  };
};

const requests = fc.array(
  fc.record<Request>({
    label: fc.constantFrom("a", "=", undefined),
    // Far from zero, where sums of squares have no digits left.
    score: fc.option(
      fc.integer({ min: 0, max: 999 }).map((n) => 1e6 + n / 1024),
      { nil: undefined },
    ),
    humanScore: fc.constantFrom(1, 2.5, 3, 5, undefined),
    exposed: fc.boolean(),
    discarded: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
);

const numbersOf = (groups: readonly RequestGroup[]): unknown =>
  JSON.parse(JSON.stringify(groups), (_, value) =>
    typeof value === "number" ? expect.closeTo(value, 5) : value,
  );

test("cells from any pivots add up to what one request after the other does", () => {
  fc.assert(
    fc.property(requests, fc.array(fc.constantFrom(1e6, 1e6 + 0.5, 1e6 + 1)), (all, pivots) => {
      const { add, groups } = groupAccumulator({ by: ["label"], score: "overall" });
      for (const { label, score, humanScore, exposed, discarded } of all)
        add({
          labels: [label],
          timestampMs: 0,
          score: score ?? Number.NaN,
          humanScore: humanScore ?? Number.NaN,
          exposed,
          discarded,
        });
      const cells = [...Map.groupBy(all, ({ label, humanScore }) => `${label} ${humanScore}`).values()];
      const found = sumCells(cells.map((cell, at) => cellOf(cell, pivots[at] ?? 1e6)));
      const inOrder = (given: readonly RequestGroup[]) =>
        given.toSorted((a, b) => (String(a.labels) < String(b.labels) ? -1 : 1));
      expect(JSON.parse(JSON.stringify(inOrder(found)))).toEqual(numbersOf(inOrder(groups())));
    }),
  );
});
