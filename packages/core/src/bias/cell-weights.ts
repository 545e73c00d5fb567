/** A weight for each combination of labels: what one request of that cell counts for. */
export interface CellWeights {
  /** The labels that make the cells: `model`, `promptVersion`, or metadata keys. */
  readonly by: readonly string[];
  readonly cells: readonly {
    /** A value for each label; undefined for requests that have no such field. */
    readonly labels: readonly (string | undefined)[];
    readonly weight: number;
  }[];
}

/** Finds the weight of a request by its labels; undefined for a combination that has none. */
export const weightFinder = ({ cells }: CellWeights) => {
  const weights = new Map(cells.map(({ labels, weight }) => [keyOf(labels), weight]));
  return (labels: readonly (string | undefined)[]): number | undefined => weights.get(keyOf(labels));
};

const keyOf = (labels: readonly (string | undefined)[]): string =>
  JSON.stringify(labels.map((label) => label ?? null));
