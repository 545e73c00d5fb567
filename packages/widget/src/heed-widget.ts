/** All of the package in one file, for pages without a bundler; its client is the one on bare `fetch`. */
export * from "./elements/index.ts";
export { createFeedback } from "./lite.ts";
export { observe } from "./signals/observe.ts";
