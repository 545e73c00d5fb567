import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";
import { ulidAt } from "./ulid-at.ts";

const start = Date.UTC(2026, 0, 1);

/**
 * `n` evaluation records, two scores each, and a tenth as many votes: thumbs and ratings that go with the score, of users
 * who vote more than once, on request ids in no order. Simulated, the same each time, in batches: first all of `records`,
 * then `votes`.
 */
export const simulatedHistory = (n: number, batch: number) => {
  const random = linearCongruential();
  const requestIdOf = (at: number) => `req-${((at * 7919) % n).toString(36).padStart(10, "0")}-8f3a2c`;
  // A request's quality follows from its place, so that votes need not look it up.
  const qualityOf = (at: number) => ((at * 2_654_435_761) % 4_294_967_296) / 4_294_967_296;

  const recordAt = (at: number): EvaluationRecord => {
    const time = start + at * 1_000;
    return {
      id: ulidAt(time, random),
      requestId: requestIdOf(at),
      timestamp: new Date(time),
      evalScores: {
        overall: Math.round((0.7 * qualityOf(at) + 0.3 * random()) * 1e4) / 1e4,
        style: Math.round(random() * 1e4) / 1e4,
      },
      model: at % 2 === 0 ? "small" : "large",
      promptVersion: `v${at % 4}`,
      metadata: { userCohort: ["new", "regular", "power"][at % 3]!, topic: `topic-${at % 8}` },
    };
  };

  const voteAt = (place: number): FeedbackEvent => {
    const at = Math.floor(random() * n);
    const time = start + place * 10_000 + 5_000;
    const view = 0.6 * qualityOf(at) + 0.4 * random();
    const common = {
      id: ulidAt(time, random),
      requestId: requestIdOf(at),
      userId: `user-${Math.floor((random() * n) / 30)}`,
      timestamp: new Date(time),
    };
    if (random() < 0.4) return { ...common, type: "explicit_rating", value: 1 + Math.round(4 * view) };
    return { ...common, type: view > 0.5 ? "explicit_thumbs_up" : "explicit_thumbs_down", value: true };
  };

  function* batches<Item>(count: number, make: (at: number) => Item): Generator<readonly Item[]> {
    for (let first = 0; first < count; first += batch)
      yield Array.from({ length: Math.min(batch, count - first) }, (_, offset) => make(first + offset));
  }

  return { records: () => batches(n, recordAt), votes: () => batches(n / 10, voteAt) };
};

/** Numerical Recipes' generator: enough for a load, and the same everywhere. */
const linearCongruential = () => {
  let state = 7;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};
