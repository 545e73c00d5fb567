import { seededHash } from "../../bias/seeded-hash.ts";
import type { OutputGroups } from "./group-outputs.ts";
import type { LabelledOutput } from "./read-labels.ts";

/** The fewest groups that an interval over the held-out part is worth anything with, and some to spare. */
const fewestGroups = 24;
/** Never held out: what is left has to teach something. */
const mostHeldOut = 0.5;

/** Places of outputs. */
export interface Split {
  readonly training: readonly number[];
  readonly heldOut: readonly number[];
}

/**
 * Parts whole groups: about the given share of the labels is held out, more where it takes more for 24 groups, though
 * never much more than half. The order in which groups go is that of a seeded hash, so that it is the same on every
 * machine, and about the same once more labels have come.
 */
export const splitOutputs = (
  outputs: readonly LabelledOutput[],
  groups: OutputGroups,
  { holdout, seed }: { readonly holdout: number; readonly seed: number },
): Split => {
  const wantedGroups = Math.min(fewestGroups, Math.floor(groups.groups / 2));
  const wanted = holdout * outputs.length;
  const training: number[] = [];
  const heldOut: number[] = [];
  let heldGroups = 0;
  for (const places of groupsInOrder(outputs, groups.groupOf, seed)) {
    const isFull = heldOut.length >= wanted && heldGroups >= wantedGroups;
    if (isFull || heldOut.length + places.length > mostHeldOut * outputs.length) training.push(...places);
    else {
      heldOut.push(...places);
      heldGroups++;
    }
  }
  return { training: training.sort(byNumber), heldOut: heldOut.sort(byNumber) };
};

/** Deals whole groups of some places out to folds of about equal size; gives the fold of each place. */
export const dealFolds = (
  outputs: readonly LabelledOutput[],
  groupOf: Int32Array,
  { folds, seed }: { readonly folds: number; readonly seed: number },
): Int32Array => {
  const sizes = new Array<number>(folds).fill(0);
  const foldOf = new Int32Array(outputs.length);
  const groups = groupsInOrder(outputs, groupOf, seed);
  for (const places of groups.sort((a, b) => b.length - a.length)) {
    const smallest = sizes.indexOf(Math.min(...sizes));
    for (const at of places) foldOf[at] = smallest;
    sizes[smallest]! += places.length;
  }
  return foldOf;
};

/** The places of each group, in the order of a hash of its first request id. */
const groupsInOrder = (outputs: readonly LabelledOutput[], groupOf: Int32Array, seed: number): number[][] => {
  const places = Map.groupBy(outputs.keys(), (at) => groupOf[at]!);
  return [...places.values()]
    .map((own) => ({ own, hash: seededHash(outputs[own[0]!]!.request.requestId, seed) }))
    .sort((a, b) => a.hash - b.hash)
    .map(({ own }) => own);
};

const byNumber = (a: number, b: number): number => a - b;
