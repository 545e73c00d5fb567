import { type ObservedOutput, observe } from "@heed/widget/signals";
import { onMounted, type ShallowRef, shallowRef } from "vue";
import { feedback } from "./feedback.ts";

/** Observes the element that shows an answer, until it leaves the page: how long it is seen, what is copied. */
export const useObserve = (element: Readonly<ShallowRef<Element | null>>, requestId: string) => {
  const output = shallowRef<ObservedOutput>();
  onMounted(() => {
    output.value = observe(element.value, { client: feedback, requestId });
  });
  return output;
};
