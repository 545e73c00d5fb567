import type { FeedbackEventInput } from "@heed/schema";

type Without<Event, Key extends string> = Event extends unknown ? Omit<Event, Key> : never;

/** Something a user said or did, as the host hands it in: the client adds its id, its time and its user. */
export type NewFeedback = Without<FeedbackEventInput, "id" | "timestamp" | "userId">;

/** An event as it was recorded and will be sent, however often that takes: nothing in it changes any more. */
export type RecordedFeedback = NewFeedback & {
  /** A ULID, minted when the event happened: the server stores an id once. */
  readonly id: string;
  readonly userId: string;
  /** ISO 8601 with milliseconds, UTC. */
  readonly timestamp: string;
};

/** Whether the user said it knowingly, rather than by what they did. */
export const isExplicit = ({ type }: NewFeedback): boolean => type.startsWith("explicit");

/** How it ended: the server has it, or it will never arrive and `onDrop` says why. */
export type Outcome = "stored" | "dropped";

/**
 * What recording an event gives back: the event, at once, and a promise of how its delivery ends. It never
 * rejects, and waits as long as there is still hope.
 *
 * @example
 * const receipt = feedback.thumbUp("req_1");
 * receipt.event.id; // "01JD9Z…"
 * await receipt; // "stored"
 */
export type Receipt = Promise<Outcome> & { readonly event: RecordedFeedback };
