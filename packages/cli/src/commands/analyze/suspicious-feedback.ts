import { type FlaggedFeedback, flagSuspiciousFeedback, type Store } from "@heed/core";

/** What analyses set aside where they are told to: feedback that looks like that of nobody who read the output. */
export const suspiciousFeedback = async (store: Store): Promise<readonly FlaggedFeedback[]> => {
  const found = await flagSuspiciousFeedback(store);
  return "feedback" in found ? found.feedback : [];
};
