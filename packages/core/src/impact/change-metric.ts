import type { GroupedRequest } from "../requests/group-accumulator.ts";
import type { MomentSums } from "../stats/moment-sums.ts";
import type { GroupTotal } from "./total-of-groups.ts";

export const changeMetrics = ["score", "humanScore", "feedbackRate", "discardRate"] as const;

/** What may have changed: an automatic score, or what users say and do. */
export type ChangeMetric = (typeof changeMetrics)[number];

/** Whether each logged request counts, as 0 or 1. */
export const isRate = (metric: ChangeMetric): metric is "feedbackRate" | "discardRate" =>
  metric === "feedbackRate" || metric === "discardRate";

/** Users throw away what they do not like: the one metric that is better where it is lower. */
export const isBetter = (metric: ChangeMetric, difference: number): boolean =>
  metric === "discardRate" ? difference < 0 : difference > 0;

/** The value of one request; NaN where it has none. */
export const metricOf = (metric: ChangeMetric, request: GroupedRequest): number => {
  switch (metric) {
    case "score":
      return request.score;
    case "humanScore":
      return request.humanScore;
    case "feedbackRate":
      return Number(!Number.isNaN(request.humanScore));
    case "discardRate":
      return Number(request.discarded);
  }
};

/** The values of many requests, summed up. */
export const sumsOf = (metric: ChangeMetric, requests: GroupTotal): MomentSums => {
  switch (metric) {
    case "score":
      return requests.score;
    case "humanScore":
      return requests.humanScore;
    case "feedbackRate":
      return sumsOfShare(requests.voted, requests.logged);
    case "discardRate":
      return sumsOfShare(requests.discarded, requests.logged);
  }
};

const sumsOfShare = (count: number, n: number): MomentSums =>
  n === 0 ? { n, mean: 0, m2: 0 } : { n, mean: count / n, m2: count * ((n - count) / n) };
