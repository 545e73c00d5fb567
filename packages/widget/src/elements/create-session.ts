import type { DownReason, Retractable, UpReason } from "@heed/schema";
import type { FeedbackClient } from "../create-feedback.ts";
import type { NewFeedback, RecordedFeedback } from "../feedback-event.ts";
import { createVote, type Vote } from "./create-vote.ts";

/** A thumb and the reasons that the user gave with it. */
export interface Thumb {
  readonly direction: "up" | "down";
  readonly reasons: readonly (UpReason | DownReason)[];
}

/** What the user is told of the latest vote, and how to repeat it where that may help. */
interface News {
  readonly text: "stored" | "takenBack" | "notSent";
  readonly again?: () => void;
}

/** What a user says about one request through one element. */
export interface Session {
  readonly thumb: Vote<Thumb>;
  readonly rating: Vote<number>;
  readonly comment: Vote<string>;
  readonly news: News | undefined;
  /** Whether there is a request to vote on and somebody to take the votes. */
  readonly ready: boolean;
  /** Calls a painter now and after every change. */
  watch(paint: () => void): void;
  /** Forgets all painters. */
  unwatch(): void;
}

/**
 * Creates the state behind one element.
 *
 * @param client takes the events
 * @param onRecord called with every event
 */
export const createSession = (
  client: Pick<FeedbackClient, "record"> | undefined,
  requestId: string | null,
  onRecord: (event: RecordedFeedback) => void,
): Session => {
  const painters = new Set<() => void>();
  let news: News | undefined;

  const tell = (latest: News | undefined): void => {
    news = latest;
    for (const paint of painters) paint();
  };

  const vote = <Value>(what: Retractable, said: (value: Value) => object): Vote<Value> =>
    createVote<Value>(
      (value) => {
        const retraction = { type: "explicit_retraction", value: what };
        const event = { requestId, ...(value === undefined ? retraction : said(value)) } as NewFeedback;
        const receipt = client?.record(event);
        tell(undefined);
        if (receipt) onRecord(receipt.event);
        return receipt;
      },
      (outcome, value, again) =>
        tell(
          outcome === "dropped"
            ? { text: "notSent", again }
            : { text: value === undefined ? "takenBack" : "stored" },
        ),
    );

  return {
    thumb: vote("thumb", ({ direction, reasons }) => ({
      type: `explicit_thumbs_${direction}`,
      value: true,
      ...(reasons.length > 0 && { reasons }),
    })),
    rating: vote("rating", (value) => ({ type: "explicit_rating", value })),
    comment: vote("comment", (value) => ({ type: "explicit_text_comment", value })),
    ready: Boolean(client && requestId),
    get news() {
      return news;
    },
    watch(paint) {
      painters.add(paint);
      paint();
    },
    unwatch: () => painters.clear(),
  };
};
