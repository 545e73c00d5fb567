import type { StandingComment, StandingVote } from "../../collect/standing-votes.ts";

/** How long before or after a comment its author votes on the same output. */
const besideMs = 60_000;

/**
 * The votes that came with a burst of comments: by the same user on the same request, from a minute before the burst to
 * a minute after; without a user, within a minute of a comment without one on the same request.
 *
 * @param comments at least one, in order of time
 */
export const votesWithComments = (
  comments: readonly StandingComment[],
  votes: readonly StandingVote[],
): readonly StandingVote[] => {
  const [firstMs, lastMs] = [timeOf(comments[0]!), timeOf(comments.at(-1)!)];
  const authors = Map.groupBy(comments, keyOf);
  return votes.filter((vote) => {
    const own = authors.get(keyOf(vote));
    const timeMs = timeOf(vote);
    if (!own || timeMs < firstMs - besideMs || timeMs > lastMs + besideMs) return false;
    return vote.userId !== undefined || own.some((comment) => Math.abs(timeOf(comment) - timeMs) <= besideMs);
  });
};

const timeOf = ({ timestamp }: StandingComment | StandingVote): number => timestamp.getTime();

const keyOf = ({ requestId, userId }: StandingComment | StandingVote): string =>
  JSON.stringify([requestId, userId]);
