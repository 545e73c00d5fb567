import { type ObservedOutput, observe } from "@heed/widget/signals";
import { feedback } from "./feedback.ts";

/** Observes the element that it is attached to, until that leaves the page: how long it is seen, what is copied. */
export const observed = (requestId: string) => {
  let output: ObservedOutput | undefined;
  return {
    attach(element: Element): void {
      output = observe(element, { client: feedback, requestId });
    },
    used: (how: Parameters<ObservedOutput["used"]>[0]) => output?.used(how),
  };
};
