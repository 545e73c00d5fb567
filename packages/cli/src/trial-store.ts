import { memoryStore, recordEvaluation, recordFeedback, type Store } from "@heed/core";
import type { EvaluationRecordInput, FeedbackEventInput } from "@heed/schema";

/** One prompt of a trial: how many requests it got, and how many of these were liked and disliked. */
export interface TrialArm {
  readonly version: string;
  readonly liked: number;
  readonly disliked: number;
  /** Requests that nobody voted on. */
  readonly silent?: number;
  /** Days after the first of March 2026. */
  readonly from?: number;
  readonly score?: number;
  readonly topic?: string;
  /** What users say who disliked it. */
  readonly comment?: string;
  readonly reason?: "incorrect" | "too_long";
}

/** Writes a trial into a store, ten requests of each arm a day, each of a user of its own; for tests. */
export const writeTrial = async (store: Store, arms: readonly TrialArm[]): Promise<void> => {
  const records: EvaluationRecordInput[] = [];
  const events: FeedbackEventInput[] = [];
  for (const [place, arm] of arms.entries()) {
    const { version, liked, disliked, silent = 0, from = 0, score, topic = "orders", comment, reason } = arm;
    for (let at = 0; at < liked + disliked + silent; at++) {
      const requestId = `${place}-${String(at).padStart(4, "0")}`;
      records.push({
        requestId,
        timestamp: new Date(Date.UTC(2026, 2, 1) + (10 * from + at) * 8_640_000),
        prompt: `prompt ${at}`,
        output: `output ${at}`,
        promptVersion: version,
        metadata: { topic },
        ...(score !== undefined && { evalScores: { overall: score + (at % 5) / 100 } }),
      });
      if (at >= liked + disliked) continue;
      const about = { requestId, userId: `user-${place}-${at}` };
      if (at < liked) events.push({ ...about, type: "explicit_thumbs_up", value: true });
      else {
        const reasons = reason && { reasons: [reason] };
        events.push({ ...about, type: "explicit_thumbs_down", value: true, ...reasons });
        if (comment !== undefined) events.push({ ...about, type: "explicit_text_comment", value: comment });
      }
    }
  }
  await recordEvaluation(store, records);
  await recordFeedback(store, events);
};

/** A store in memory with a trial; for tests. */
export const trialStore = async (...arms: readonly TrialArm[]): Promise<Store> => {
  const store = memoryStore();
  await writeTrial(store, arms);
  return store;
};
