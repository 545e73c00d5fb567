import { createFeedback, type FeedbackClient, type FeedbackOptions } from "@heed/widget";
import { type ReactElement, type ReactNode, useEffect, useMemo } from "react";
import { createLazyClient } from "./create-lazy-client.ts";
import { FeedbackContext } from "./use-feedback-client.ts";
import { useLatest } from "./use-latest.ts";

interface Children {
  readonly children?: ReactNode;
}

/** Either a client of yours, which stays yours to close, or what `createFeedback` is told. */
export type FeedbackProviderProps = Children &
  ({ readonly client: FeedbackClient } | ({ readonly client?: undefined } & FeedbackOptions));

/**
 * Gives one client to all components and hooks below. A client that it creates itself lives as long as the
 * provider is mounted; another `endpoint`, `userId` or `metadata` makes another one. `consent`, `headers`, `onError` and
 * `onDrop` may change at any time, and the other options are read when the client is created.
 *
 * @example
 * <FeedbackProvider endpoint="/v1/feedback" userId={user.id}>
 *   <Chat />
 * </FeedbackProvider>
 */
export const FeedbackProvider = ({ client, children, ...options }: FeedbackProviderProps): ReactElement =>
  client ? (
    <FeedbackContext.Provider value={client}>{children}</FeedbackContext.Provider>
  ) : (
    <OwnClient {...(options as FeedbackOptions)}>{children}</OwnClient>
  );

const OwnClient = ({ children, ...options }: FeedbackOptions & Children): ReactElement => {
  const { endpoint, userId, metadata, consent } = options;
  const latest = useLatest(options);
  // Hosts write objects and functions in place: equal ones must not make another client with every render.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is not in the key is read once, or from the latest render
  const client = useMemo(
    () =>
      createLazyClient((given) =>
        createFeedback({
          ...options,
          consent: given ?? options.consent,
          headers() {
            const { headers = {} } = latest.current;
            return typeof headers === "function" ? headers() : headers;
          },
          onError: (problem) => latest.current.onError?.(problem),
          onDrop: (reason, count) => latest.current.onDrop?.(reason, count),
        }),
      ),
    [JSON.stringify([endpoint, userId, metadata])],
  );
  useEffect(() => {
    if (consent) client.setConsent(consent);
  }, [client, consent]);
  useEffect(() => client.hold(), [client]);
  return <FeedbackContext.Provider value={client}>{children}</FeedbackContext.Provider>;
};
