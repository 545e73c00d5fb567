import {
  correlateFeedbackWithMetrics,
  type FeedbackCorrelation,
  type Improvement,
  measureImprovementFromChange,
  type Store,
} from "@heed/core";
import type { SimulatedHistory, SimulatedTruth } from "./simulate-history.ts";

/** What the analyses say of a simulated history, beside the truth that it was built with. */
export interface HistoryFindings {
  readonly requests: number;
  /** Requests that anybody gave feedback on. */
  readonly voted: number;
  readonly byRequest: FeedbackCorrelation;
  readonly byTopic: FeedbackCorrelation;
  readonly impact: Improvement;
  readonly truth: SimulatedTruth;
}

/** Asks the store what anybody would ask of a history of their own. */
export const analyseHistory = async (store: Store, history: SimulatedHistory): Promise<HistoryFindings> => {
  const { from, until, records, events, truth } = history;
  const { change, timestamp } = history.change;
  return {
    requests: records.length,
    voted: new Set(events.map(({ requestId }) => requestId)).size,
    byRequest: await correlateFeedbackWithMetrics(store, { since: from, until }),
    byTopic: await correlateFeedbackWithMetrics(store, { level: "topic", since: from, until }),
    impact: await measureImprovementFromChange(store, {
      change,
      beforeDate: timestamp,
      afterDate: timestamp,
      since: from,
      until,
    }),
    truth,
  };
};
