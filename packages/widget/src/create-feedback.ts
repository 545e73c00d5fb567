import type { DownReason, Retractable, UpReason, visitorPrefix } from "@heed/schema";
import { monotonicFactory } from "ulid";
import { createDelivery } from "./create-delivery.ts";
import type { NewFeedback, Receipt, RecordedFeedback } from "./feedback-event.ts";
import type { DropReason, FeedbackProblem } from "./feedback-problem.ts";
import { kyTransport, type Transport } from "./ky-transport.ts";
import { memoryOutbox, type Outbox } from "./memory-outbox.ts";
import { watchPage } from "./watch-page.ts";

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
   * Where events wait.
   * @default in memory, at most 500
   */
  readonly outbox?: Outbox | undefined;
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
  /**
   * Sends what waits now, back-off or not; resolves when that was tried. A `Retry-After` is still respected.
   * This is also how sending resumes after a 401 or 403.
   */
  flush(): Promise<void>;
  /** Sends what waits a last time, gives up what could not be sent, and stops listening to the page. */
  close(): Promise<void>;
}

/**
 * Creates a client that records what users say about outputs and carries it to a heed server: retried with
 * the same ids until it is acknowledged, and sent before the page goes away.
 *
 * @example
 * const feedback = createFeedback({ endpoint: "/v1/feedback", userId: "user-1" });
 * feedback.thumbDown("req_1", { reasons: ["incorrect"] });
 * const outcome = await feedback.comment("req_1", "The second step is wrong."); // "stored"
 */
export const createFeedback = (options: FeedbackOptions): FeedbackClient => {
  const { endpoint, headers = {}, metadata, now = Date.now } = options;
  const newId = monotonicFactory();
  const userId = options.userId || `${"anonymous:" satisfies typeof visitorPrefix}${newId()}`;
  let lastMs = 0;

  const delivery = createDelivery({
    endpoint,
    headers: typeof headers === "function" ? headers : () => headers,
    transport: options.transport ?? kyTransport,
    outbox: options.outbox ?? memoryOutbox(),
    onError: options.onError,
    onDrop: options.onDrop,
    flushDelayMs: options.flushDelayMs ?? 1500,
    timeoutMs: options.timeoutMs ?? 10_000,
    now,
    random: options.random ?? Math.random,
    schedule: options.schedule ?? afterTimeout,
  });
  const stopWatching = watchPage(delivery.leave, delivery.wake);

  const record = (input: NewFeedback): Receipt => {
    // Standing votes are the latest by time: a clock that is set back must not make a new vote an old one.
    lastMs = Math.max(lastMs, now());
    const event = {
      ...input,
      ...(metadata && { metadata: { ...metadata, ...input.metadata } }),
      id: newId(lastMs),
      userId,
      timestamp: new Date(lastMs).toISOString(),
    } as RecordedFeedback;
    return Object.assign(delivery.add(event), { event });
  };

  const withReasons = <Reason>(details?: { readonly reasons?: readonly Reason[] | undefined }) =>
    details?.reasons?.length ? { reasons: [...details.reasons] } : {};

  return {
    thumbUp: (requestId, details) =>
      record({ requestId, type: "explicit_thumbs_up", value: true, ...withReasons(details) }),
    thumbDown: (requestId, details) =>
      record({ requestId, type: "explicit_thumbs_down", value: true, ...withReasons(details) }),
    rate: (requestId, stars) => record({ requestId, type: "explicit_rating", value: stars }),
    comment: (requestId, text) => record({ requestId, type: "explicit_text_comment", value: text }),
    retract: (requestId, what) => record({ requestId, type: "explicit_retraction", value: what }),
    record,
    flush: delivery.flush,
    close() {
      stopWatching();
      return delivery.close();
    },
  };
};

const afterTimeout = (task: () => void, delayMs: number): (() => void) => {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
};
