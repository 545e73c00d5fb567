import type { FeedbackClient } from "../feedback-client.ts";
import type { RecordedFeedback } from "../feedback-event.ts";
import { nothingSaid, type Said, type Votes, votingOf } from "../voting/index.ts";

/** What a user says about one request, as one element shows it. */
export interface Session {
  readonly said: Said;
  /** What became of the latest vote, if it came from this element: of many controls, one tells. */
  readonly news: Said["news"];
  /** Says it, or takes it back with undefined. */
  say<What extends keyof Votes>(what: What, value: Votes[What] | undefined): void;
  /** Whether there is a request to vote on and somebody to take the votes. */
  readonly ready: boolean;
  /** Calls a painter now and, while the session is open, after every change. */
  watch(paint: () => void): void;
  /** Paints anew, and follows what the other controls of the request do. */
  open(): void;
  /** Follows no more, so that nothing holds an element that has left the page. */
  close(): void;
  /** Shows nothing said any more, here and wherever the request is voted on. Nothing is withdrawn. */
  forget(): void;
}

/**
 * Creates what lies between one element and the voting on its request.
 *
 * @param client takes the events
 * @param onRecord called with every event that comes from this element; by it the element knows its own news
 */
export const createSession = (
  client: Pick<FeedbackClient, "record"> | undefined,
  requestId: string | null,
  onRecord: (event: RecordedFeedback) => void,
): Session => {
  const voting = client && requestId ? votingOf(client, requestId) : undefined;
  const painters: (() => void)[] = [];
  let close: (() => void) | undefined;
  const paint = (): void => {
    for (const painter of painters) painter();
  };
  return {
    get said() {
      return voting?.said ?? nothingSaid;
    },
    get news() {
      const news = voting?.said.news;
      return news?.by === onRecord ? news : undefined;
    },
    say: (what, value) => voting?.say(what, value, onRecord),
    ready: !!voting,
    watch(painter) {
      painters.push(painter);
      painter();
    },
    open() {
      close = voting?.watch(paint);
      paint();
    },
    close: () => close?.(),
    forget: () => voting?.forget(),
  };
};
