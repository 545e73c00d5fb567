import { votingOf } from "@heed/widget/voting";
import { onScopeDispose, shallowRef } from "vue";
import { feedback } from "./feedback.ts";

/** What the user says about a request, for controls of your own. All controls of one request agree. */
export const useFeedback = (requestId: string) => {
  const voting = votingOf(feedback, requestId);
  const said = shallowRef(voting.said);
  const stop = voting.watch(() => {
    said.value = voting.said;
  });
  onScopeDispose(stop);
  return { said, say: voting.say };
};
