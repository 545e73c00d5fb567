/** The requests that have one value of a label, or one combination of values of several. */
export interface Category {
  /** The labels that it is made by. */
  readonly by: readonly string[];
  /** A value for each of them; undefined for requests that have no such field. */
  readonly labels: readonly (string | undefined)[];
  /** Requests that it has, answered or not. */
  readonly population: number;
  /** Those with feedback. */
  readonly respondents: number;
}

/**
 * The categories too small to stand for their part of the population: those with fewer respondents than `smallest`,
 * and, where all these together have fewer, as many of the next smallest as it takes. Empty where none is too small,
 * and without those that have no population, which need nobody to stand for it.
 */
export const poolCategories = (categories: readonly Category[], smallest: number): readonly Category[] => {
  const fromSmallest = categories
    .filter(({ population }) => population > 0)
    .sort((a, b) => a.respondents - b.respondents || compareLabels(a.labels, b.labels));
  if (fromSmallest.length < 2 || fromSmallest[0]!.respondents >= smallest) return [];
  let respondents = 0;
  return fromSmallest.filter((category) => {
    const isPooled = category.respondents < smallest || respondents < smallest;
    if (isPooled) respondents += category.respondents;
    return isPooled;
  });
};

const compareLabels = (a: Category["labels"], b: Category["labels"]): number =>
  JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
