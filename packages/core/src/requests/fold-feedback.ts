import type { FeedbackEvent } from "@heed/schema";
import { foldStanding, humanScore, type StandingVote, scoreOf } from "../collect/standing-votes.ts";

/** One standing vote on a request. */
export interface Vote {
  readonly kind: "thumb" | "rating";
  /** 1 to 5: thumbs up 5, thumbs down 1, ratings as given. */
  readonly score: number;
  /** Who gave it; absent where nobody knows. */
  readonly userId?: string;
  /** What the host said of this vote, as of its user's cohort; absent where it said nothing. */
  readonly metadata?: Exclude<FeedbackEvent["metadata"], undefined>;
}

/** What users said and did about one request, as far as analyses count it. */
export interface RequestFeedback {
  /** In order of time. */
  readonly votes: readonly Vote[];
  /** Mean of the votes, 1 to 5; null without any. */
  readonly humanScore: number | null;
  /** Whether the output was recorded as seen. */
  readonly exposed: boolean;
  /** Whether anybody threw the output away. */
  readonly discarded: boolean;
}

/** The types of events that the fold looks at. */
export const foldedTypes = [
  "explicit_thumbs_up",
  "explicit_thumbs_down",
  "explicit_rating",
  "explicit_retraction",
  "implicit_exposure",
  "implicit_discard",
] as const satisfies readonly FeedbackEvent["type"][];

/** Folds the events of one request; their order and repetition change nothing. */
export const foldFeedback = (events: readonly FeedbackEvent[]): RequestFeedback => {
  const { votes } = foldStanding(events);
  return {
    votes: votes.map(voteOf),
    humanScore: humanScore(votes),
    exposed: events.some(({ type }) => type === "implicit_exposure"),
    discarded: events.some(({ type }) => type === "implicit_discard"),
  };
};

const voteOf = (vote: StandingVote): Vote => ({
  kind: vote.type === "explicit_rating" ? "rating" : "thumb",
  score: scoreOf(vote),
  ...(vote.userId !== undefined && { userId: vote.userId }),
  ...(vote.metadata !== undefined && { metadata: vote.metadata }),
});
