import type { AppendOutcome, Store } from "@heed/core";
import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";

/** Something that was stored just now, in the form of a line of `heed import`. */
export type Appended =
  | ({ readonly kind: "feedback" } & FeedbackEvent)
  | ({ readonly kind: "evaluation" } & EvaluationRecord);

/** The same store, which tells of everything new in it, once it is committed. */
export const tapStore = (store: Store, onAppend: (appended: Appended) => void): Store => {
  const tell = (items: readonly Appended[], outcomes: readonly AppendOutcome[]): void => {
    for (const [at, item] of items.entries()) if (outcomes[at] === "stored") onAppend(item);
  };
  return {
    ...store,
    appendFeedback: async (events) => {
      const outcomes = await store.appendFeedback(events);
      tell(
        events.map((event) => ({ kind: "feedback", ...event })),
        outcomes,
      );
      return outcomes;
    },
    appendEvaluations: async (records) => {
      const outcomes = await store.appendEvaluations(records);
      tell(
        records.map((record) => ({ kind: "evaluation", ...record })),
        outcomes,
      );
      return outcomes;
    },
  };
};
