import { votingOf } from "@heed/widget/voting";
import { createSubscriber } from "svelte/reactivity";
import { feedback } from "./feedback.ts";

/** What the user says about a request, for controls of your own. All controls of one request agree. */
export const requestFeedback = (requestId: string) => {
  const voting = votingOf(feedback, requestId);
  const subscribe = createSubscriber((update) => voting.watch(update));
  return {
    get said() {
      subscribe();
      return voting.said;
    },
    say: voting.say,
  };
};
