import type { visitorPrefix } from "@heed/schema";
import { monotonicFactory } from "ulid";
import { afterTimeout } from "./after-timeout.ts";
import { createDelivery } from "./create-delivery.ts";
import type { FeedbackClient, FeedbackOptions } from "./feedback-client.ts";
import { isExplicit, type NewFeedback, type Receipt, type RecordedFeedback } from "./feedback-event.ts";
import { indexedDbOutbox } from "./indexed-db-outbox.ts";
import type { Transport } from "./transport.ts";
import { watchPage } from "./watch-page.ts";

/** Makes the `createFeedback` whose requests leave by a transport, unless its options name another. */
export const clientOver =
  (defaultTransport: Transport) =>
  (options: FeedbackOptions): FeedbackClient => {
    const { endpoint, headers = {}, metadata, now = Date.now } = options;
    const newId = monotonicFactory();
    const visitor: typeof visitorPrefix = "anonymous:";
    const userId = options.userId || visitor + newId();
    let { consent = "granted" } = options;
    let lastMs = 0;

    /** Global Privacy Control speaks for users who say nothing knowingly. */
    const permits = (event: RecordedFeedback): boolean =>
      consent !== "denied" && (isExplicit(event) || options.ignoreGpc === true || !hasGpc());

    const delivery = createDelivery({
      endpoint,
      headers: typeof headers === "function" ? headers : () => headers,
      transport: options.transport ?? defaultTransport,
      outbox: options.outbox ?? indexedDbOutbox(`heed ${endpoint}`),
      owner: newId(),
      speaksFor: (user) => user === userId || user.startsWith(visitor),
      permits,
      held: consent !== "granted",
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
      setConsent(given) {
        consent = given;
        delivery.hold(given !== "granted");
        if (given === "denied") delivery.purge();
      },
      flush: delivery.flush,
      close() {
        stopWatching();
        return delivery.close();
      },
    };
  };

const hasGpc = (): boolean =>
  (globalThis.navigator as { readonly globalPrivacyControl?: boolean } | undefined)?.globalPrivacyControl ===
  true;
