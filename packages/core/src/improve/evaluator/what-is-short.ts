import type { LabelledOutput } from "./read-labels.ts";

/** Fewer labels teach nothing, and prove nothing. */
export const fewestLabels = 50;
/** The same of either verdict. */
export const fewestOfEach = 10;

/** What there is too little of. */
export interface Shortage {
  readonly lacking: "labels" | "good_labels" | "bad_labels";
  readonly needed: number;
  readonly have: number;
}

/** Says what is too few to train on; null where nothing is. */
export const whatIsShort = ({ n, good }: { readonly n: number; readonly good: number }): Shortage | null => {
  if (n < fewestLabels) return { lacking: "labels", needed: fewestLabels, have: n };
  if (good < fewestOfEach) return { lacking: "good_labels", needed: fewestOfEach, have: good };
  const bad = n - good;
  if (bad < fewestOfEach) return { lacking: "bad_labels", needed: fewestOfEach, have: bad };
  return null;
};

/** How many outputs there are, and how many of them humans call good. */
export const countGood = (outputs: readonly LabelledOutput[]) => ({
  n: outputs.length,
  good: outputs.filter(({ label }) => label === 1).length,
});
