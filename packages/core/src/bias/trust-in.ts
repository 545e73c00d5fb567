import { requireThat } from "../check-options.ts";

/**
 * Feedback not to be trusted: what a user said of a request; all that a user said, without a `requestId`; or what nobody
 * known said of a request, without a `userId`: all of it, or the one event of a `feedbackId`. As `flagSuspiciousFeedback`
 * gives it in `feedback`, or a list of your own.
 */
export interface FlaggedFeedback {
  readonly requestId?: string | undefined;
  readonly userId?: string | undefined;
  readonly feedbackId?: string | undefined;
  /**
   * What it still counts for, from 0 to 1, where votes are weighed; elsewhere it is set aside, unless this is 1.
   * @default 0
   */
  readonly weight?: number | undefined;
}

/** Something that somebody said; its id where it is known. */
interface Said {
  readonly requestId: string;
  readonly userId?: string | undefined;
  readonly id?: string | undefined;
}

/** Tells what something that was said counts for: 1 unless it is flagged, and the least of its flags where it is. */
export const trustIn = (flagged: readonly FlaggedFeedback[]): ((said: Said) => number) => {
  const weights = new Map<string, number>();
  const flag = (key: string, { weight = 0 }: FlaggedFeedback): void => {
    weights.set(key, Math.min(weight, weights.get(key) ?? 1));
  };
  for (const own of flagged) {
    const { requestId, userId, feedbackId } = own;
    const isOneOfNobody = userId === undefined && feedbackId !== undefined;
    if (isOneOfNobody) flag(eventKey(feedbackId), own);
    else if (userId === undefined) flag(nobodyKey(requestId), own);
    // Who reads votes without their ids cannot tell those of nobody on a request apart.
    flag(saidKey(requestId, userId), own);
  }
  return ({ requestId, userId, id }) => {
    const keys =
      userId !== undefined
        ? [saidKey(requestId, userId), saidKey(undefined, userId)]
        : id !== undefined
          ? [eventKey(id), nobodyKey(requestId)]
          : [saidKey(requestId, undefined)];
    return Math.min(...keys.map((key) => weights.get(key) ?? 1));
  };
};

/** Refuses a list of flagged feedback in which something names neither a request nor a user nor an event, or weighs what nothing does. */
export const requireFlagged = (flagged: readonly FlaggedFeedback[]): void => {
  const isNamed = (own: FlaggedFeedback | null): boolean =>
    [own?.requestId, own?.userId, own?.feedbackId].some((name) => typeof name === "string");
  requireThat(
    Array.isArray(flagged) && flagged.every(isNamed),
    "flagged has one that names neither a request nor a user",
  );
  requireThat(
    flagged.every(({ weight = 0 }) => weight >= 0 && weight <= 1),
    "flagged has a weight that is not between 0 and 1",
  );
};

const eventKey = (id: string): string => `event ${id}`;
const nobodyKey = (requestId: string | undefined): string => `nobody ${requestId}`;
const saidKey = (requestId: string | undefined, userId: string | undefined): string =>
  JSON.stringify([requestId ?? null, userId ?? null]);
