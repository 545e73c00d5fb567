import type { DownReason, UpReason } from "@heed/schema";
import type { FeedbackClient } from "../feedback-client.ts";
import type { NewFeedback, RecordedFeedback } from "../feedback-event.ts";

/** A thumb and the reasons that the user gave with it. */
export interface Thumb {
  readonly direction: "up" | "down";
  readonly reasons: readonly (UpReason | DownReason)[];
}

/** What the user is told of the latest vote, and how to repeat it where that may help. */
export interface News {
  readonly text: "stored" | "takenBack" | "notSent";
  /** The `onRecord` of whoever said it: of many controls, one tells the news. */
  readonly by?: ((event: RecordedFeedback) => void) | undefined;
  readonly again?: () => void;
}

/** What the user can say, change and take back. */
export interface Votes {
  readonly thumb: Thumb;
  /** 1 to 5 stars. */
  readonly rating: number;
  /** At most 8,000 characters. */
  readonly comment: string;
}

/** The votes as they are shown; undefined for what was not said, or is not any more. */
export interface Said extends Partial<Votes> {
  /** What became of the latest vote; undefined while it is under way. */
  readonly news?: News | undefined;
}

/** What one user says about one request. What is shown runs ahead of what the server has. */
export interface Voting {
  /** Never changed in place: the same object until something changes. */
  readonly said: Said;
  /**
   * Says it, or takes it back with undefined. What is dropped goes back to what the server has. Only the latest
   * word counts: what becomes of an earlier one is not told.
   *
   * @param onRecord called with the event, and again if it is repeated
   */
  say<What extends keyof Votes>(
    what: What,
    value: Votes[What] | undefined,
    onRecord?: (event: RecordedFeedback) => void,
  ): void;
  /** Shows nothing said any more. Nothing is withdrawn: the server keeps what it has. */
  forget(): void;
  /** Calls a listener after every change, until the function that it gives back is called. */
  watch(listener: () => void): () => void;
}

/** What every voting begins with. */
export const nothingSaid: Said = {};

const events: { readonly [What in keyof Votes]: (value: Votes[What]) => object } = {
  thumb: ({ direction, reasons }) => ({
    type: `explicit_thumbs_${direction}`,
    value: true,
    ...(reasons.length > 0 && { reasons }),
  }),
  rating: (value) => ({ type: "explicit_rating", value }),
  comment: (value) => ({ type: "explicit_text_comment", value }),
};

/** Creates the state behind everything on the page that shows or takes votes on one request. */
export const createVoting = (client: Pick<FeedbackClient, "record">, requestId: string): Voting => {
  const listeners = new Set<() => void>();
  const stored: Partial<Votes> = {};
  /** The latest turn of each, by identity. */
  let turns: { [What in keyof Votes]?: object } = {};
  let said = nothingSaid;

  const show = (change: Said): void => {
    said = { ...said, ...change };
    for (const listener of listeners) listener();
  };

  const say: Voting["say"] = (what, value, onRecord) => {
    const turn = {};
    turns[what] = turn;
    const event = value === undefined ? { type: "explicit_retraction", value: what } : events[what](value);
    const receipt = client.record({ requestId, ...event } as NewFeedback);
    show({ [what]: value, news: undefined });
    onRecord?.(receipt.event);
    receipt.then((outcome) => {
      if (outcome === "stored") Object.assign(stored, { [what]: value });
      if (turn !== turns[what]) return;
      const kept = value === undefined ? "takenBack" : "stored";
      show({
        [what]: stored[what],
        news:
          outcome === "stored"
            ? { text: kept, by: onRecord }
            : { text: "notSent", by: onRecord, again: () => say(what, value, onRecord) },
      });
    });
  };

  return {
    get said() {
      return said;
    },
    say,
    forget() {
      turns = {};
      said = nothingSaid;
      show({});
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
