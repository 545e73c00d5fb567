import { readFileSync, writeFileSync } from "node:fs";
import type { SimulatedLabel } from "./simulated-labels.ts";

/** What a learner is taught with, and what it is asked about afterwards. */
export interface Labels {
  readonly training: readonly SimulatedLabel[];
  readonly heldOut: readonly SimulatedLabel[];
}

/** Writes labels where learners of either language find them. */
export const writeLabelsFile = (path: string, labels: Labels): void =>
  writeFileSync(path, JSON.stringify(labels));

export const readLabelsFile = (path: string): Labels => JSON.parse(readFileSync(path, "utf8"));
