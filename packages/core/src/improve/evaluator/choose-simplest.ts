/** Below, the spread among groups is anybody's guess. */
const fewestGroups = 10;

/**
 * Chooses among models by what they lose on outputs that they did not see: the simplest that is not worse than the best
 * by more than one standard error. Losses are compared group by group, as outputs of a group are alike: with few groups,
 * which may all be one kind of prompt, it takes a lot to leave the simplest, and with fewer than ten that is never done.
 *
 * @param losses for each model, the simplest first, its loss in each group, summed up
 * @param sizes what each group weighs
 *
 * Source: the one-standard-error rule of L. Breiman and others, "Classification and Regression Trees" (1984), section
 * 3.4.3, with the error of the difference from the best, that of a ratio of sums over clusters.
 */
export const chooseSimplest = (losses: readonly Float64Array[], sizes: Float64Array): number => {
  if (sizes.length < fewestGroups) return 0;
  const totals = losses.map(sum);
  const best = totals.indexOf(Math.min(...totals));
  const size = sum(sizes);
  const groups = sizes.length;
  return losses.findIndex((own, model) => {
    const worse = (totals[model]! - totals[best]!) / size;
    const squares = sum(
      own.map((loss, group) => (loss - losses[best]![group]! - worse * sizes[group]!) ** 2),
    );
    return worse <= Math.sqrt((squares * groups) / (groups - 1)) / size;
  });
};

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
