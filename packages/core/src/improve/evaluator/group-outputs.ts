import { labelOf } from "../../requests/label-of.ts";
import type { LabelledOutput } from "./read-labels.ts";

/** What keeps outputs together: `user`, `prompt`, or the value of a label. */
export type GroupKey = "user" | "prompt" | (string & {});

/** Outputs that are never parted. */
export interface OutputGroups {
  /** What keeps them together. */
  readonly by: readonly GroupKey[];
  /** What was asked for too, but would have left too few groups: it may be on both sides. */
  readonly notSeparated: readonly GroupKey[];
  readonly groups: number;
  /** The share of the labels in the largest group, 0 to 1. */
  readonly largestShare: number;
  /** For each output the number of its group, from 0. */
  readonly groupOf: Int32Array;
}

/** Fewer groups, or a larger one, leave too little choice for a held-out part and an interval. */
const enough = { groups: 40, largestShare: 0.2 };

/** Below, two parts cannot be alike. */
const least = { groups: 2, largestShare: 0.5 };

/**
 * Groups outputs so that no value of the keys is in two groups: an output that shares a user with one and a prompt with
 * another joins both. Where everything hangs together like that, the first keys are let go, one after the other, as far
 * as it takes, before them any that lets nothing be parted by itself; at last every output stands alone. Keys that no
 * output has are left out, and so is a text of nothing.
 */
export const groupOutputs = (
  outputs: readonly LabelledOutput[],
  asked: readonly GroupKey[],
): OutputGroups => {
  const passes = (
    { groups, largestShare }: Pick<OutputGroups, "groups" | "largestShare">,
    limits: typeof enough,
  ): boolean => groups >= limits.groups && largestShare <= limits.largestShare;
  const keys = asked.filter((key) => outputs.some((output) => valuesOf(output, key).length > 0));
  // One that is the same nearly everywhere, as a prompt that is a template, must not take the others with it.
  const parting = keys.filter((key) => passes(joined(outputs, [key]), least));
  const choices = Array.from({ length: parting.length + 1 }, (_, from) => {
    const by = parting.slice(from);
    return { by, notSeparated: keys.filter((key) => !by.includes(key)), ...joined(outputs, by) };
  });
  return (
    choices.slice(0, -1).find((choice) => passes(choice, enough)) ??
    choices.slice(0, -1).find((choice) => passes(choice, least)) ??
    choices.at(-1)!
  );
};

const joined = (outputs: readonly LabelledOutput[], keys: readonly GroupKey[]) => {
  const parent = Int32Array.from(outputs.keys());
  const rootOf = (at: number): number => {
    let root = at;
    while (parent[root] !== root) root = parent[root]!;
    for (let place = at; parent[place] !== root; ) [place, parent[place]] = [parent[place]!, root];
    return root;
  };
  const holders = new Map<string, number>();
  for (const [at, output] of outputs.entries())
    for (const key of keys)
      for (const value of valuesOf(output, key)) {
        const name = JSON.stringify([key, value]);
        const holder = holders.get(name);
        if (holder === undefined) holders.set(name, at);
        else parent[rootOf(at)] = rootOf(holder);
      }
  const numbers = new Map<number, number>();
  const sizes: number[] = [];
  const groupOf = Int32Array.from(outputs, (_, at) => {
    const root = rootOf(at);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    sizes[number] = (sizes[number] ?? 0) + 1;
    return number;
  });
  return {
    groups: sizes.length,
    largestShare: sizes.reduce((most, size) => Math.max(most, size), 0) / outputs.length,
    groupOf,
  };
};

const valuesOf = ({ request, userIds }: LabelledOutput, key: GroupKey): readonly string[] => {
  if (key === "user") return userIds;
  const value = key === "prompt" ? request.prompt?.trim() : labelOf(request, key);
  return value ? [value] : [];
};
