import type { EvaluatorSwitch } from "@heed/core";
import { printable } from "../printable.ts";

const done = {
  promoted: "is in use now",
  reverted: "is in use again",
  already_current: "was in use already",
} as const satisfies Record<EvaluatorSwitch["status"], string>;

/** What became of a promotion or its reversal, as text for people. */
export const describeSwitch = ({ status, evaluator, path, change }: EvaluatorSwitch): string =>
  [
    `Version ${evaluator.version} of evaluator "${printable(evaluator.name)}" ${done[status]}: ${printable(path)}`,
    ...(change === null ? [] : [`Recorded as the change "${printable(change)}".`]),
    "",
  ].join("\n");
