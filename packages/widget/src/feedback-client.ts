import type { DownReason, Retractable, UpReason } from "@heed/schema";
import type { NewFeedback, Receipt } from "./feedback-event.ts";
import type { DropReason, FeedbackProblem } from "./feedback-problem.ts";
import type { Outbox } from "./outbox.ts";
import type { Transport } from "./transport.ts";

/**
 * Whether the user agreed to be heard. While that is `pending`, events wait in memory: nothing is sent, nothing is
 * written to disk.
 */
export type Consent = "granted" | "denied" | "pending";

/** What `createFeedback` can be told; only `endpoint` is needed. */
export interface FeedbackOptions {
  /** Where events go: the address of `POST /v1/feedback`. */
  readonly endpoint: string;
  /**
   * Who gives the feedback.
   * @default a visitor id, `anonymous:` and a ULID, that lives as long as the client: no cookie, no storage
   */
  readonly userId?: string | undefined;
  /** Goes with every event: flat and small, such as `{ userCohort: "beta" }`. */
  readonly metadata?: NonNullable<NewFeedback["metadata"]> | undefined;
  /**
   * Headers of every request, or how to get them. Any header costs another origin a CORS preflight.
   * @default {}
   */
  readonly headers?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>) | undefined;
  /** Called when something goes wrong, a drop or not. What it throws is contained. */
  readonly onError?: ((problem: FeedbackProblem) => unknown) | undefined;
  /** Called when events are given up: why, and how many. What it throws is contained. */
  readonly onDrop?: ((reason: DropReason, count: number) => unknown) | undefined;
  /**
   * How long implicit events wait for company, in milliseconds. Explicit votes never wait.
   * @default 1500
   */
  readonly flushDelayMs?: number | undefined;
  /**
   * How long one request may take, in milliseconds.
   * @default 10000
   */
  readonly timeoutMs?: number | undefined;
  /**
   * How requests leave the page.
   * @default ky
   */
  readonly transport?: Transport | undefined;
  /**
   * Where events outlive the page.
   * @default IndexedDB, or memory where it fails
   */
  readonly outbox?: Outbox | undefined;
  /**
   * Whether the user agreed to be heard; `setConsent` changes it.
   * @default "granted"
   */
  readonly consent?: Consent | undefined;
  /**
   * Whether implicit events are recorded though the browser sends Global Privacy Control.
   * @default false
   */
  readonly ignoreGpc?: boolean | undefined;
  /** The time, in milliseconds since 1970. @default Date.now */
  readonly now?: (() => number) | undefined;
  /** A number from 0 up to 1, for the jitter of retries. @default Math.random */
  readonly random?: (() => number) | undefined;
  /** Runs a task after a delay, and gives back how to call it off. @default setTimeout */
  readonly schedule?: ((task: () => void, delayMs: number) => () => void) | undefined;
}

/** Records feedback and delivers it. No method ever throws or rejects. */
export interface FeedbackClient {
  /** The user likes the output. Replaces the user's earlier thumb and its reasons. */
  thumbUp(requestId: string, details?: { readonly reasons?: readonly UpReason[] | undefined }): Receipt;
  /** The user dislikes the output. Replaces the user's earlier thumb and its reasons. */
  thumbDown(requestId: string, details?: { readonly reasons?: readonly DownReason[] | undefined }): Receipt;
  /** The user gives 1 to 5 stars. Replaces the user's earlier rating. */
  rate(requestId: string, stars: number): Receipt;
  /** The user writes something, of at most 8,000 characters. */
  comment(requestId: string, text: string): Receipt;
  /** The user takes back the thumb, the rating, or the comments so far. */
  retract(requestId: string, what: Retractable): Receipt;
  /** Records any other event of the schema, such as `{ requestId, type: "implicit_usage", value: "copied" }`. */
  record(event: NewFeedback): Receipt;
  /** The user made up their mind. A denial gives up everything that waits, on disk too. */
  setConsent(consent: Consent): void;
  /**
   * Sends what waits now, back-off or not; resolves when that was tried. A `Retry-After` is still respected.
   * This is also how sending resumes after a 401 or 403.
   */
  flush(): Promise<void>;
  /**
   * Sends what waits a last time and stops listening to the page. What could not be sent is left to the next visit, or
   * given up where nothing but memory keeps it.
   */
  close(): Promise<void>;
}
