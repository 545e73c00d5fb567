import { type RefObject, useInsertionEffect, useRef } from "react";

/** What a component was given in its latest render, for callbacks that outlive one. */
export const useLatest = <Value>(value: Value): Readonly<RefObject<Value>> => {
  const latest = useRef(value);
  // The first of the effects: refs and all other effects of the same render find it done.
  useInsertionEffect(() => {
    latest.current = value;
  });
  return latest;
};
