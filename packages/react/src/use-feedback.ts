import type { DownReason, Retractable, UpReason } from "@heed/schema";
import { nothingSaid, type Said, votingOf } from "@heed/widget/voting";
import { useMemo, useSyncExternalStore } from "react";
import { useFeedbackClient } from "./use-feedback-client.ts";

/** How a user says something about one request, changes it and takes it back. */
interface Controls {
  /** Says that the output is good. Replaces the thumb and its reasons. */
  thumbUp(details?: { readonly reasons?: readonly UpReason[] | undefined }): void;
  /** Says that the output is bad. Replaces the thumb and its reasons. */
  thumbDown(details?: { readonly reasons?: readonly DownReason[] | undefined }): void;
  /** Gives 1 to 5 stars. Replaces the rating. */
  rate(stars: number): void;
  /** Says something in at most 8,000 characters. */
  sendComment(text: string): void;
  /** Takes back the thumb, the rating, or the comments so far. */
  retract(what: Retractable): void;
}

/** What a user says about one request. It runs ahead of the server; undefined for nothing. */
export interface RequestFeedback extends Controls {
  /** The standing thumb and its reasons. */
  readonly thumb: Said["thumb"];
  /** The standing rating, 1 to 5. */
  readonly rating: Said["rating"];
  /** The latest comment. */
  readonly comment: Said["comment"];
  /**
   * What became of the latest vote: the server has it (`stored`, or `takenBack` for a retraction), or it was
   * dropped and what is shown went back (`notSent`). Undefined while there is still hope, and before the first.
   */
  readonly status: "stored" | "takenBack" | "notSent" | undefined;
  /** Sends the dropped vote once more; there while `status` is `notSent`. */
  readonly again: (() => void) | undefined;
}

/**
 * What the user says about a request, for controls of your own. All hooks and components of one request under one
 * provider agree. The functions stay the same from render to render; without a request id they do nothing.
 *
 * @example
 * const { thumb, thumbUp, retract } = useFeedback(message.requestId);
 * const isUp = thumb?.direction === "up";
 * <button aria-pressed={isUp} onClick={() => (isUp ? retract("thumb") : thumbUp())}>Good</button>
 */
export const useFeedback = (requestId: string | undefined): RequestFeedback => {
  const client = useFeedbackClient();
  const { watch, read, controls } = useMemo(() => {
    // Looked up late: a server renders requests without number, and must not keep them.
    const voting = () => (requestId ? votingOf(client, requestId) : undefined);
    const controls: Controls = {
      thumbUp: ({ reasons = [] } = {}) => voting()?.say("thumb", { direction: "up", reasons }),
      thumbDown: ({ reasons = [] } = {}) => voting()?.say("thumb", { direction: "down", reasons }),
      rate: (stars) => voting()?.say("rating", stars),
      sendComment: (text) => voting()?.say("comment", text),
      retract: (what) => voting()?.say(what, undefined),
    };
    return {
      watch: (listener: () => void) => voting()?.watch(listener) ?? (() => {}),
      read: () => voting()?.said ?? nothingSaid,
      controls,
    };
  }, [client, requestId]);
  const { thumb, rating, comment, news } = useSyncExternalStore(watch, read, () => nothingSaid);
  return { thumb, rating, comment, status: news?.text, again: news?.again, ...controls };
};
