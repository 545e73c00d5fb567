import type { ChangeRecord } from "@heed/schema";
import type { Store } from "../../store.ts";
import {
  type Improvement,
  measureImprovementFromChange,
  type Period,
} from "../measure-improvement-from-change.ts";

/** What a metric did at the date of a change, and what may be said of it. */
export interface MeasuredEffect {
  readonly metric: "humanScore" | "score";
  /** That of `measureImprovementFromChange`. */
  readonly verdict: Improvement["verdict"];
  /**
   * `improved` and `worsened` only where the interval leaves out 0; `may_come_by_itself`: it improved, but the change
   * was made for a segment that did badly, and such a segment gets better by as much by luck alone; `no_clear_change`,
   * which is not that there is none; `not_measured`: there are fewer than two values on a side.
   */
  readonly claim: "improved" | "worsened" | "may_come_by_itself" | "no_clear_change" | "not_measured";
  /** Null where a side has fewer than two values. */
  readonly before: Period | null;
  readonly after: Period | null;
  /** Mean after minus mean before. */
  readonly difference: number | null;
  /** Its interval; null also where neither side varies, which Fisher's exact test decides. */
  readonly ci: readonly [number, number] | null;
}

interface EffectQuery {
  readonly metric: MeasuredEffect["metric"];
  readonly score: string;
  readonly confidence: number;
  readonly since: Date | undefined;
  readonly until: Date | undefined;
}

/** Measures what a metric did at the date of a change, in the change's segment. */
export const measureEffect = async (
  store: Store,
  { change, timestamp, segment }: ChangeRecord,
  { metric, score, confidence, since, until }: EffectQuery,
): Promise<MeasuredEffect> => {
  const improvement = await measureImprovementFromChange(store, {
    change,
    beforeDate: timestamp,
    afterDate: timestamp,
    metric,
    score,
    confidence,
    ...(segment && { segment, chosenFor: segment }),
    ...(since && { since }),
    ...(until && { until }),
  });
  const measured = "difference" in improvement ? improvement : null;
  return {
    metric,
    verdict: improvement.verdict,
    claim: claimOf(improvement),
    before: measured?.before ?? null,
    after: measured?.after ?? null,
    difference: measured?.difference ?? null,
    ci: intervalOf(improvement),
  };
};

const claimOf = (improvement: Improvement): MeasuredEffect["claim"] => {
  switch (improvement.verdict) {
    case "not_enough_data":
    case "no_overlap":
      return "not_measured";
    case "not_significant":
    case "no_variation":
      return "no_clear_change";
    case "worsened":
      return "worsened";
    case "improved": {
      const { regressionToTheMean, expectedRegression } = improvement;
      const ci = intervalOf(improvement);
      const isBeyondLuck = ci !== null && expectedRegression !== null && ci[0] > expectedRegression;
      return regressionToTheMean && !isBeyondLuck ? "may_come_by_itself" : "improved";
    }
  }
};

const intervalOf = (improvement: Improvement): MeasuredEffect["ci"] =>
  "ci" in improvement ? improvement.ci : null;
