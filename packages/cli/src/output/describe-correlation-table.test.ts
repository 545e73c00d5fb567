import { correlateFeedbackWithMetrics } from "@heed/core";
import { expect, test } from "vitest";
import { times, type VotedRequest, votedStore } from "../voted-store.ts";
import { describeCorrelationTable } from "./describe-correlation-table.ts";

const textOf = async (requests: readonly VotedRequest[]): Promise<string> =>
  describeCorrelationTable(await correlateFeedbackWithMetrics(await votedStore(requests), { scores: "all" }));

const voted = (at: number, evalScores: Record<string, number>): VotedRequest => ({
  evalScores,
  votes: [[`u${at}`, 1 + (at % 5)]],
});

test("names the best score, those that go against the votes, and what each row says", async () => {
  const text = await textOf(
    times(60, (at) =>
      voted(at, {
        good: (at % 5) / 5 + (at % 3) / 50,
        fair: (at % 5) / 5 + (at % 7) / 4,
        bad: 1 - (at % 5) / 5 + (at % 3) / 50,
        noise: (at * 7) % 12,
        fixed: 1,
        ...(at < 2 && { rare: 1 }),
      }),
    ),
  );
  expect(text).toContain(
    '2 scores go with the votes, "good" most. Against the votes, and not to be trusted: "bad".',
  );
  expect(text).toMatch(/score +n +Spearman +95 % interval +Pearson +q +says\n/);
  expect(text).toMatch(/good +60 +0\.9\d\d +0\.\d{3} to 0\.\d{3} +0\.9\d\d +\S+ +with the votes\n/);
  expect(text).toMatch(/bad +60 +-0\.9\d\d +.+ +against the votes\n/);
  expect(text).toMatch(/noise +60 +.+ +unclear\n/);
  expect(text).toMatch(/fixed +60 +- +- +- +- +no differences\n/);
  expect(text).toMatch(/rare +2 +- +- +- +- +not enough data\n/);
});

test("says so where no score goes with the votes, has enough of them, or is there at all", async () => {
  expect(await textOf(times(40, (at) => voted(at, { noise: (at * 7) % 12 })))).toContain(
    "No score goes with the votes beyond chance.",
  );
  expect(await textOf(times(2, (at) => voted(at, { rare: at })))).toContain(
    '"rare": Not enough data: 4 pairs of a vote and a score are needed, and there are 2.',
  );
  expect(await textOf([])).toBe(
    "Scores against votes, by request: 0 scores\nNothing to compare: no voted request has any automatic score.\n",
  );
});
