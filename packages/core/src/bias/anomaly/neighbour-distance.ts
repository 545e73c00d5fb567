/**
 * The mean cosine distance to the nearest few, from the similarities to all: 0 for texts that are the same as these, 1
 * for one that has nothing in common with any.
 *
 * @param neighbours at most as many as there are similarities, without the one that is left out
 * @param except the place of the text itself, where it is among those it is compared with
 *
 * Source: Y. Sun, Y. Ming, X. Zhu, Y. Li, "Out-of-distribution detection with deep nearest neighbors", ICML (2022).
 */
export const neighbourDistance = (
  similarities: Float64Array,
  neighbours: number,
  except: number | undefined,
): number => {
  const nearest = new Float64Array(neighbours).fill(Number.NEGATIVE_INFINITY);
  for (const [at, similarity] of similarities.entries()) {
    if (at === except || similarity <= nearest[neighbours - 1]!) continue;
    let place = neighbours - 1;
    while (place > 0 && nearest[place - 1]! < similarity) {
      nearest[place] = nearest[place - 1]!;
      place--;
    }
    nearest[place] = similarity;
  }
  const distance = 1 - nearest.reduce((sum, similarity) => sum + similarity, 0) / neighbours;
  // The last digits hang on the order of additions: equal prompts would be further from themselves than others are.
  return Math.max(0, Math.round(distance * 1e12) / 1e12);
};
