import type { CohortCounts } from "./collect-verdicts.ts";
import type { Disagreement } from "./find-contradictions.ts";

/** How often two users who spoke about the same unit say the opposite, of the same cohort and of different ones. */
export const disagreementOf = (units: readonly (readonly CohortCounts[])[]): Disagreement => {
  let [withinPairs, withinOpposite, allPairs, allOpposite] = [0, 0, 0, 0];
  for (const counts of units) {
    let [liked, disliked] = [0, 0];
    for (const cohort of counts) {
      const n = cohort.liked + cohort.disliked;
      withinPairs += (n * (n - 1)) / 2;
      withinOpposite += cohort.liked * cohort.disliked;
      liked += cohort.liked;
      disliked += cohort.disliked;
    }
    const n = liked + disliked;
    allPairs += (n * (n - 1)) / 2;
    allOpposite += liked * disliked;
  }
  const betweenPairs = allPairs - withinPairs;
  return {
    within: withinPairs > 0 ? withinOpposite / withinPairs : null,
    between: betweenPairs > 0 ? (allOpposite - withinOpposite) / betweenPairs : null,
  };
};
