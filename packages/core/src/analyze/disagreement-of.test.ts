import fc from "fast-check";
import { expect, test } from "vitest";
import { disagreementOf } from "./disagreement-of.ts";

const counts = fc.record({ liked: fc.nat({ max: 4 }), disliked: fc.nat({ max: 4 }) });

test("it is the share of opposite pairs among all pairs of users of one unit, counted one by one", () => {
  fc.assert(
    fc.property(fc.array(fc.array(counts, { maxLength: 3 }), { maxLength: 3 }), (given) => {
      const units = given.map((cohorts) => cohorts.map((own, at) => ({ cohort: `c${at}`, ...own })));
      const pairs = { within: [] as boolean[], between: [] as boolean[] };
      for (const cohorts of units) {
        const users = cohorts.flatMap(({ cohort, liked, disliked }) =>
          Array.from({ length: liked + disliked }, (_, at) => ({ cohort, likes: at < liked })),
        );
        for (const [at, a] of users.entries())
          for (const b of users.slice(at + 1))
            pairs[a.cohort === b.cohort ? "within" : "between"].push(a.likes !== b.likes);
      }
      const share = (opposite: readonly boolean[]): number | null =>
        opposite.length === 0 ? null : opposite.filter(Boolean).length / opposite.length;
      expect(disagreementOf(units)).toEqual({ within: share(pairs.within), between: share(pairs.between) });
    }),
  );
});
