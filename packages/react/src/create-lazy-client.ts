import type { Consent, FeedbackClient } from "@heed/widget";

/** A client that opens when it is needed. */
export interface LazyClient extends FeedbackClient {
  /** Opens it, or keeps it open; what it gives back closes it, unless it is held again at once. */
  hold(): () => void;
}

/**
 * A client for the life of a component: rendering creates nothing, neither on a server nor where React throws
 * the render away, and what StrictMode unmounts and mounts again at once is the same client all along.
 *
 * @param create opens a client; consent is what `setConsent` was told, if it was
 */
export const createLazyClient = (create: (consent: Consent | undefined) => FeedbackClient): LazyClient => {
  let client: FeedbackClient | undefined;
  let consent: Consent | undefined;
  let isClosed = false;
  let closing: ReturnType<typeof setTimeout> | undefined;
  const open = (): FeedbackClient => {
    client ??= create(consent);
    return client;
  };
  return {
    thumbUp: (...vote) => open().thumbUp(...vote),
    thumbDown: (...vote) => open().thumbDown(...vote),
    rate: (...vote) => open().rate(...vote),
    comment: (...vote) => open().comment(...vote),
    retract: (...vote) => open().retract(...vote),
    record: (event) => open().record(event),
    flush: () => open().flush(),
    close: () => open().close(),
    setConsent(given) {
      consent = given;
      client?.setConsent(given);
    },
    hold() {
      clearTimeout(closing);
      if (isClosed) client = undefined;
      isClosed = false;
      const held = open();
      return () => {
        closing = setTimeout(() => {
          isClosed = true;
          held.close();
        });
      };
    },
  };
};
