import { foldFeedback, type RequestFeedback } from "@heed/core";
import type { FeedbackEvent } from "@heed/schema";

type Cell = string | readonly (readonly [vote: string, user: string | null, metadata: string])[] | null;

/**
 * Reads the standing votes of requests as the engine gives them, and leaves to core what they amount to: so that the
 * same votes are the same number everywhere.
 */
export const voteReader = () => {
  const known = new Map<string, RequestFeedback>();
  return (cell: Cell): RequestFeedback => {
    if (typeof cell !== "string") return foldFeedback((cell ?? []).map(eventOf));
    // Most requests have one of few combinations of thumbs and ratings.
    const feedback = known.get(cell) ?? foldFeedback(linesOf(cell).map((vote, at) => eventOf([vote], at)));
    known.set(cell, feedback);
    return feedback;
  };
};

/** JSON has no line breaks of its own. */
const linesOf = (cell: string): string[] => (cell === "" ? [] : cell.split("\n"));

/** A vote as an event again: whose it is and in which order they came is all that counts of the rest. */
const eventOf = (
  [vote, user, metadata]: readonly [vote: string, user?: string | null, metadata?: string],
  at: number,
): FeedbackEvent => {
  const space = vote.indexOf(" ");
  return {
    id: String(at),
    requestId: "",
    type: vote.slice(0, space),
    value: JSON.parse(vote.slice(space + 1)),
    timestamp: new Date(at),
    ...(typeof user === "string" && { userId: user }),
    ...(metadata && { metadata: JSON.parse(metadata) }),
  } as FeedbackEvent;
};
