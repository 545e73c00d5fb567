export { type ObservedOutput, type ObserveOptions, observe } from "./observe.ts";
export type { EditTarget } from "./sample-edits.ts";
