import type { BatchAnswer, ErrorBody, ItemResult } from "@heed/schema";
import type { DropProblem, FeedbackProblem } from "./feedback-problem.ts";
import { retryAfterMs } from "./retry-delay.ts";

/** What an answer means for the batch that was sent. */
export type Verdict =
  | { readonly kind: "answered"; readonly results: readonly ItemResult[] }
  /** `dividable`: a part of the batch may still be welcome. */
  | { readonly kind: "refused"; readonly dividable: boolean; readonly problem: DropProblem }
  | { readonly kind: "pause"; readonly problem: FeedbackProblem }
  | { readonly kind: "retry"; readonly problem: FeedbackProblem; readonly waitMs: number };

/**
 * Reads the answer to a batch. Only an answer that names every event of the batch acknowledges it: a 200 may
 * come from something that never passed the batch on.
 */
export const readAnswer = async (
  response: Response,
  batch: readonly { readonly id: string }[],
  nowMs: number,
): Promise<Verdict> => {
  const { status } = response;
  const body = (await response.json().catch(() => undefined)) as Partial<BatchAnswer & ErrorBody> | null;
  const answer = body?.error;

  if (response.ok) {
    const results = body?.results;
    return results?.length === batch.length && results.every((item, index) => isAbout(item, batch[index]?.id))
      ? { kind: "answered", results }
      : { kind: "retry", problem: { code: "unacknowledged", status }, waitMs: 0 };
  }
  if (status === 413)
    return { kind: "refused", dividable: true, problem: { code: "too_large", status, answer } };
  if (status === 401 || status === 403) {
    return { kind: "pause", problem: { code: "unauthorized", status, answer } };
  }
  if (status >= 400 && status < 500 && ![408, 425, 429].includes(status)) {
    // One poisoned event must not take the others with it; a wrong address suits none of them.
    const dividable = status === 400 || status === 422;
    return { kind: "refused", dividable, problem: { code: "refused", status, answer } };
  }
  return {
    kind: "retry",
    problem: { code: "unavailable", status, answer },
    waitMs: retryAfterMs(response.headers.get("retry-after"), nowMs),
  };
};

const isAbout = (item: ItemResult | null, id: string | undefined): boolean =>
  item?.status === "rejected" || item?.id === id;
