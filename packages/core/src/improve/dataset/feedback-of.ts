import type { FeedbackEvent } from "@heed/schema";
import type { trustIn } from "../../bias/trust-in.ts";
import { foldStanding, type StandingVote } from "../../collect/standing-votes.ts";
import type { WholeRequest } from "../../requests/read-whole-requests.ts";
import { byTime } from "../../time-order.ts";
import type { Consent } from "./dataset-settings.ts";
import { editedText } from "./texts-of.ts";

type EventOf<Type extends FeedbackEvent["type"]> = Extract<FeedbackEvent, { readonly type: Type }>;

/** What of a request's feedback an export may use. */
export interface CountedFeedback {
  readonly votes: readonly StandingVote[];
  readonly uses: readonly EventOf<"implicit_usage">[];
  readonly discards: readonly EventOf<"implicit_discard">[];
  readonly edits: readonly EventOf<"implicit_edit">[];
  /** Events that were set aside as flagged. */
  readonly flagged: number;
  /** Whether there was some, and none of it has consent. */
  readonly refused: boolean;
}

interface Rules {
  readonly consent: Consent | undefined;
  readonly trust: ReturnType<typeof trustIn>;
  /** Users who have a flagged event. */
  readonly flaggedUsers: ReadonlySet<string>;
}

/**
 * The votes that stand, and what users did, without what is flagged and what its user did not allow. A vote that is set
 * aside does not bring back the one that it replaced. Consent is looked for on the event first, then on its request; a
 * request that says no says it for all.
 */
export const feedbackOf = (
  request: WholeRequest,
  { consent, trust, flaggedUsers }: Rules,
): CountedFeedback => {
  const all = {
    votes: foldStanding(request.events).votes,
    uses: request.events.filter((event) => event.type === "implicit_usage"),
    discards: request.events.filter(
      (event) =>
        event.type === "implicit_discard" && (event.value === "regenerated" || event.value === "rephrased"),
    ) as EventOf<"implicit_discard">[],
    edits: standingEdits(request.events),
  };
  const isFlagged = (event: FeedbackEvent): boolean =>
    trust(event) < 1 ||
    (event.type === "implicit_edit" && event.userId !== undefined && flaggedUsers.has(event.userId));
  const ofRequest = says(consent, request.metadata);
  const isAllowed = ({ metadata }: FeedbackEvent): boolean =>
    ofRequest !== false && (says(consent, metadata) ?? ofRequest ?? false);
  const count = <Event extends FeedbackEvent>(events: readonly Event[]): Event[] =>
    events.filter((event) => !isFlagged(event) && isAllowed(event));

  const every = [...all.votes, ...all.uses, ...all.discards, ...all.edits];
  return {
    votes: count(all.votes),
    uses: count(all.uses),
    discards: count(all.discards),
    edits: count(all.edits),
    flagged: every.filter(isFlagged).length,
    refused: every.length > 0 && !every.some(isAllowed),
  };
};

/** Undefined where nothing is said; without a condition, all is allowed. */
const says = (consent: Consent | undefined, metadata: WholeRequest["metadata"]): boolean | undefined => {
  if (!consent) return true;
  if (!metadata || !Object.hasOwn(metadata, consent.label)) return undefined;
  return String(metadata[consent.label]) === String(consent.value);
};

/** Of each user the last edit that was committed, or else the last one; those of nobody known are of one user. */
const standingEdits = (events: readonly FeedbackEvent[]): EventOf<"implicit_edit">[] => {
  const latest = new Map<string | undefined, EventOf<"implicit_edit">>();
  for (const event of [...events].sort(byTime)) {
    if (event.type !== "implicit_edit" || editedText(event) === undefined) continue;
    if (event.value.committed || !latest.get(event.userId)?.value.committed) latest.set(event.userId, event);
  }
  return [...latest.values()];
};
