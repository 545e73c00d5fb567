import type { ChangeRecord, DownReason } from "@heed/schema";
import type { FeedItem } from "../render-feed.ts";
import type { MeasuredEffect } from "./measure-effect.ts";
import type { Recognition } from "./recognise-usefulness.ts";

/** A change, the feedback behind it, and what it measurably did; names nobody. */
export interface AcknowledgedChange {
  readonly change: string;
  /** The id of its record. */
  readonly id: string;
  /** When it shipped. */
  readonly timestamp: Date;
  /** Why, as it was recorded: words for the team, which are in no text here. */
  readonly reason: string | null;
  readonly segment: NonNullable<ChangeRecord["segment"]> | null;
  /** When users were first told of it, by `recordAcknowledgement`; null where they were not. */
  readonly acknowledgedAt: Date | null;
  /** Who said what before it shipped. */
  readonly feedback: {
    /** Negative votes. */
    readonly votes: number;
    readonly requests: number;
    /** Users who can be named. */
    readonly users: number;
    /** Visitors, whom only the widget in their browser can address. */
    readonly visitors: number;
    /** Votes of nobody known. */
    readonly anonymousVotes: number;
    readonly comments: number;
    /** How often each reason stands beside a vote. */
    readonly reasons: Readonly<Partial<Record<DownReason, number>>>;
  };
  readonly effects: {
    readonly humanScore: MeasuredEffect;
    readonly score: MeasuredEffect;
  };
  /** What was changed and what that did, as plain English; no HTML. */
  readonly text: string;
  /** The same for a feed: see `renderFeed`. */
  readonly item: FeedItem;
}

/** What one user said before a change. */
export interface FeedbackOfUser {
  readonly change: string;
  /** Negative votes. */
  readonly votes: number;
  readonly requestIds: readonly string[];
  /** Each once, in order of time. */
  readonly reasons: readonly DownReason[];
  /** In the user's own words. */
  readonly comments: readonly { readonly requestId: string; readonly text: string }[];
}

/** Somebody who can be addressed. */
export interface Addressee {
  readonly userId: string;
  /** For each change that the user's feedback is behind. */
  readonly behind: readonly FeedbackOfUser[];
  /** For the widget, as plain English; no HTML. */
  readonly message: string;
}

export interface AcknowledgementMail {
  readonly userId: string;
  /** One line. */
  readonly subject: string;
  /** Plain text; how to unsubscribe is the host's to add. */
  readonly text: string;
}

interface Composed {
  /** In order of time. */
  readonly changes: readonly AcknowledgedChange[];
}

/** Whom to thank for a change, and what to tell them; or why nobody. */
export type Acknowledgements =
  | (Composed & {
      readonly verdict: "composed";
      /** In the order of their ids. */
      readonly users: readonly Addressee[];
      /** Those whose id a browser made up: only the widget in that browser can address them. */
      readonly visitors: readonly Addressee[];
      /** One for each user who opted in, of all changes together. */
      readonly mails: readonly AcknowledgementMail[];
      /** With `recognition`: in the order of their ids, those who have any. */
      readonly recognition?: readonly Recognition[];
    })
  | (Composed & {
      /** No negative feedback came before the changes, or none that fits. */
      readonly verdict: "nobody_to_thank";
    })
  | {
      readonly verdict: "no_such_change";
      /** Names of which no change is recorded. */
      readonly missing: readonly string[];
    };
