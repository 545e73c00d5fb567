import type { FeedbackClient } from "@heed/widget";
import { createContext, useContext } from "react";

export const FeedbackContext = createContext<FeedbackClient | undefined>(undefined);

/**
 * The client of the nearest provider, for everything that has no component or hook of its own. Call its methods
 * from event handlers and effects, never while rendering.
 *
 * @throws where there is no `<FeedbackProvider>` above
 */
export const useFeedbackClient = (): FeedbackClient => {
  const client = useContext(FeedbackContext);
  if (!client) throw new Error("Feedback needs a <FeedbackProvider> above it");
  return client;
};
