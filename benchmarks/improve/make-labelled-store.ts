import { randomSource } from "@heed/core/stats";
import { sqliteStore } from "@heed/store-sqlite";
import { ulidAt } from "../ulid-at.ts";
import type { SimulatedLabel } from "./simulated-labels.ts";

const start = Date.UTC(2026, 0, 1);

/** Fills a new SQLite file with outputs, the score of each and the thumb of one user on it. */
export const makeLabelledStore = async (path: string, labels: readonly SimulatedLabel[]): Promise<void> => {
  const random = randomSource(3);
  const store = sqliteStore(path);
  await store.setup();
  const timeOf = (at: number) => start + 60_000 * at;
  await store.appendEvaluations(
    labels.map(({ prompt, output, overall }, at) => ({
      id: ulidAt(timeOf(at), random),
      requestId: `req-${at}`,
      timestamp: new Date(timeOf(at)),
      prompt,
      output,
      evalScores: { overall },
      model: at % 2 === 0 ? "small" : "large",
      promptVersion: `v${at % 4}`,
      metadata: { userCohort: ["new", "regular", "power"][at % 3]! },
    })),
  );
  await store.appendFeedback(
    labels.map(({ label, userId }, at) => ({
      id: ulidAt(timeOf(at) + 5_000, random),
      requestId: `req-${at}`,
      userId,
      timestamp: new Date(timeOf(at) + 5_000),
      type: label === 1 ? "explicit_thumbs_up" : "explicit_thumbs_down",
      value: true,
    })),
  );
  await store.close();
};
