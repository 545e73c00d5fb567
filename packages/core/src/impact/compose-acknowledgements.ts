import { type ChangeRecord, type DownReason, visitorPrefix } from "@heed/schema";
import {
  requireConfidence,
  requireHumanThreshold,
  requirePeriod,
  requireTexts,
  requireThat,
} from "../check-options.ts";
import type { StandingVote } from "../collect/standing-votes.ts";
import { HeedError } from "../errors.ts";
import type { Store } from "../store.ts";
import { byTime } from "../time-order.ts";
import type {
  AcknowledgedChange,
  AcknowledgementMail,
  Acknowledgements,
  Addressee,
  FeedbackOfUser,
} from "./acknowledge/acknowledgements.ts";
import { type FeedbackBehind, gatherFeedback } from "./acknowledge/gather-feedback.ts";
import { measureEffect } from "./acknowledge/measure-effect.ts";
import { type ChangeLog, latestChange, readChangeLog } from "./acknowledge/read-change-log.ts";
import { recogniseUsefulness } from "./acknowledge/recognise-usefulness.ts";
import { wordChange, wordMail, wordMessage } from "./acknowledge/word-acknowledgement.ts";

export interface AcknowledgementOptions {
  /** The change, by the name that it was recorded by, or several for a digest; of one name, the latest. */
  readonly change: string | readonly string[];
  /** Takes for the feedback behind the changes only votes with one of these reasons, or on these requests. */
  readonly feedback?:
    | {
        readonly reasons?: readonly DownReason[] | undefined;
        readonly requestIds?: readonly string[] | undefined;
      }
    | undefined;
  /**
   * Votes below it, 1 to 5, are negative.
   * @default 3
   */
  readonly humanThreshold?: number | undefined;
  /**
   * The name of the automatic score whose change is measured beside that of the human score.
   * @default "overall"
   */
  readonly score?: string | undefined;
  /**
   * Says whether a user wants mails of this kind.
   * @default nobody does: there are no mails
   */
  readonly optedIn?: ((userId: string) => boolean | Promise<boolean>) | undefined;
  /**
   * Whether to add badges and streaks for useful feedback; see that your users want them.
   * @default false
   */
  readonly recognition?: boolean | undefined;
  /** Requests from this moment on, inclusive: for the feedback, and for what was before the change. */
  readonly since?: Date | undefined;
  /** Where what is measured after the change ends, exclusive. */
  readonly until?: Date | undefined;
  /**
   * Confidence of the intervals.
   * @default 0.95
   */
  readonly confidence?: number | undefined;
}

/**
 * Composes what to tell users whose feedback is behind a change: whom to thank and for what, and what the change
 * measurably did, as facts, as a message for the widget, as an item of a feed and as mails. Nothing is sent.
 *
 * Behind a change is every negative vote that stood before it, and still does, on a request from before it; where the
 * change was recorded with a `segment`, of that segment. Comments are those of the users who gave such votes. What the
 * change did is the difference between before and after its date: an improvement is claimed only where the interval
 * shows one, and dates prove no cause.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`
 *
 * @example
 * const answer = await composeAcknowledgements(store, { change: "prompt v2" });
 * if (answer.verdict === "composed") for (const { userId, message } of answer.users) console.log(userId, message);
 */
export const composeAcknowledgements = async (
  store: Store,
  options: AcknowledgementOptions,
): Promise<Acknowledgements> => {
  const { feedback = {}, humanThreshold = 3, score = "overall", since, until, confidence = 0.95 } = options;
  const { optedIn = () => false, recognition = false } = options;
  const names = namesOf(options.change);
  requirePeriod({ since, until });
  requireHumanThreshold(humanThreshold);
  requireConfidence(confidence);
  requireThat(typeof feedback === "object" && feedback !== null, "feedback is not a filter of votes");
  if (feedback.reasons) requireTexts("feedback.reasons", feedback.reasons);
  if (feedback.requestIds) requireTexts("feedback.requestIds", feedback.requestIds);

  const log = await readChangeLog(store);
  const missing = names.filter((name) => !latestChange(log, name));
  if (missing.length > 0) return { verdict: "no_such_change", missing };
  const records = names.map((name) => latestChange(log, name)!).sort(byTime);

  const gathered = await gatherFeedback(store, records, { humanThreshold, since, ...narrowed(feedback) });
  const changes: AcknowledgedChange[] = [];
  for (const record of records) {
    const measured = { score, confidence, since, until };
    const effects = {
      humanScore: await measureEffect(store, record, { metric: "humanScore", ...measured }),
      score: await measureEffect(store, record, { metric: "score", ...measured }),
    };
    changes.push(describeChange(record, log, gathered, effects, confidence));
  }
  if (gathered.length === 0) return { verdict: "nobody_to_thank", changes };

  const addressees = addresseesOf(gathered, changes);
  const users = addressees.filter(({ userId }) => !userId.startsWith(visitorPrefix));
  const mails: AcknowledgementMail[] = [];
  for (const { userId, behind } of users)
    if (await optedIn(userId)) mails.push(wordMail(userId, behind, toldOf(behind, changes)));
  return {
    verdict: "composed",
    changes,
    users,
    visitors: addressees.filter(({ userId }) => userId.startsWith(visitorPrefix)),
    mails,
    ...(recognition && {
      recognition: await recogniseUsefulness(store, gathered, { humanThreshold, since }),
    }),
  };
};

const namesOf = (change: AcknowledgementOptions["change"]): readonly string[] => {
  const names = typeof change === "string" ? [change] : change;
  requireTexts("change", names);
  if (names.length === 0 || names.includes(""))
    throw new HeedError("INVALID_QUERY", "change names no change");
  return [...new Set(names)];
};

const narrowed = ({ reasons, requestIds }: NonNullable<AcknowledgementOptions["feedback"]>) => ({
  reasons,
  requestIds,
});

const describeChange = (
  { id, change, timestamp, reason, segment }: ChangeRecord,
  { acknowledgements }: ChangeLog,
  gathered: readonly FeedbackBehind[],
  effects: AcknowledgedChange["effects"],
  confidence: number,
): AcknowledgedChange => {
  const own = gathered.filter((behind) => behind.change.id === id);
  const votes = own.flatMap((behind) => behind.votes);
  const users = [...new Set(votes.flatMap(({ userId }) => userId ?? []))];
  const visitors = users.filter((userId) => userId.startsWith(visitorPrefix)).length;
  const text = wordChange(change, effects, confidence);
  const reasons: Partial<Record<DownReason, number>> = {};
  for (const given of votes.flatMap(reasonsOf)) reasons[given] = (reasons[given] ?? 0) + 1;
  return {
    change,
    id,
    timestamp,
    reason: reason ?? null,
    segment: segment ?? null,
    acknowledgedAt:
      acknowledgements.find((told) => told.change === change && told.timestamp >= timestamp)?.timestamp ??
      null,
    feedback: {
      votes: votes.length,
      requests: own.length,
      users: users.length - visitors,
      visitors,
      anonymousVotes: votes.filter(({ userId }) => userId === undefined).length,
      comments: own.reduce((sum, { comments }) => sum + comments.length, 0),
      reasons,
    },
    effects,
    text,
    item: { title: change, description: text, guid: id, pubDate: timestamp },
  };
};

const addresseesOf = (
  gathered: readonly FeedbackBehind[],
  changes: readonly AcknowledgedChange[],
): readonly Addressee[] => {
  const own = new Map<string, Map<string, FeedbackBehind[]>>();
  for (const behind of gathered)
    for (const userId of new Set(behind.votes.flatMap((vote) => vote.userId ?? []))) {
      const byChange = own.get(userId) ?? new Map<string, FeedbackBehind[]>();
      own.set(userId, byChange);
      const given = byChange.get(behind.change.id) ?? [];
      byChange.set(behind.change.id, given);
      given.push(behind);
    }
  return [...own]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([userId, byChange]) => {
      const behind = changes.flatMap(({ id, change }) => {
        const given = byChange.get(id);
        return given ? feedbackOf(userId, change, given) : [];
      });
      return { userId, behind, message: wordMessage(behind, toldOf(behind, changes)) };
    });
};

const feedbackOf = (userId: string, change: string, given: readonly FeedbackBehind[]): FeedbackOfUser => {
  const isOwn = (item: { readonly userId?: string | undefined }): boolean => item.userId === userId;
  const votes = given.flatMap((behind) => behind.votes.filter(isOwn)).sort(byTime);
  return {
    change,
    votes: votes.length,
    requestIds: given.map(({ requestId }) => requestId).sort(),
    reasons: [...new Set(votes.flatMap(reasonsOf))],
    comments: given
      .flatMap(({ comments }) => comments.filter(isOwn))
      .sort(byTime)
      .map(({ requestId, value }) => ({ requestId, text: value })),
  };
};

/** The changes that somebody is told of. */
const toldOf = (behind: readonly FeedbackOfUser[], changes: readonly AcknowledgedChange[]) =>
  changes.filter(({ change }) => behind.some((own) => own.change === change));

const reasonsOf = (vote: StandingVote): readonly DownReason[] =>
  vote.type === "explicit_thumbs_down" ? (vote.reasons ?? []) : [];
