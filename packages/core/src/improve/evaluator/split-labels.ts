import type { ComparisonSettings } from "./comparison-options.ts";
import { groupOutputs, type OutputGroups } from "./group-outputs.ts";
import type { LabelledOutput } from "./read-labels.ts";
import { splitOutputs } from "./split-outputs.ts";

/** Labelled outputs in two parts that share no group. */
export interface SplitLabels {
  readonly training: readonly LabelledOutput[];
  readonly unseen: readonly LabelledOutput[];
  /** For each output of a part the number of its group. */
  readonly trainingGroups: Int32Array;
  readonly unseenGroups: Int32Array;
  readonly grouping: Omit<OutputGroups, "groupOf">;
}

/** Groups outputs and holds a part of them out: whoever asks with the same settings gets the same two parts. */
export const splitLabels = (
  outputs: readonly LabelledOutput[],
  { groupBy, holdout, seed }: Pick<ComparisonSettings, "groupBy" | "holdout" | "seed">,
): SplitLabels => {
  const groups = groupOutputs(outputs, groupBy);
  const { groupOf, ...grouping } = groups;
  const { training, heldOut } = splitOutputs(outputs, groups, { holdout, seed });
  const groupsAt = (places: readonly number[]) => Int32Array.from(places, (at) => groupOf[at]!);
  return {
    training: training.map((at) => outputs[at]!),
    unseen: heldOut.map((at) => outputs[at]!),
    trainingGroups: groupsAt(training),
    unseenGroups: groupsAt(heldOut),
    grouping,
  };
};
