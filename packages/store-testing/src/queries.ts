import {
  countRequests,
  type GroupQuery,
  groupRequests,
  type RequestQuery,
  type Store,
  scanRequests,
} from "@heed/core";
import { middle } from "./data/arbitrary-requests.ts";
import { awkwardTexts } from "./data/awkward-texts.ts";

const dayMs = 24 * 60 * 60 * 1000;
const days = (count: number): Date => new Date(middle.getTime() + count * dayMs);
const labels = ["topic", "userCohort", "plan", "model", "promptVersion", "toString", "prompt"];

export const scanQueries: readonly RequestQuery[] = [
  {},
  { scores: ["overall", "style", "audit", "toString"], labels },
  { votedOnly: true, eachVote: true, scores: ["overall"], labels: ["topic"] },
  { eachVote: true, since: middle },
  { votedOnly: true, until: middle },
  { since: days(-5), until: middle, labels: ["model", "model"], scores: ["audit", "audit"] },
  { since: middle, until: middle },
  // Names come from the caller, whatever the names of what was recorded look like.
  { scores: awkwardTexts.slice(0, 12), labels: awkwardTexts },
];

export const countQueries: readonly Pick<RequestQuery, "since" | "until">[] = [
  {},
  { since: middle },
  { until: middle },
  { since: days(-5), until: days(5) },
];

export const groupQueries: readonly GroupQuery[] = [
  {},
  { score: "overall" },
  { by: ["topic"], score: "overall", periods: [days(-6), middle, days(3)] },
  { by: ["plan", "model"], score: "style", scoreEdges: [0.25, 0.5, 0.75] },
  { by: ["userCohort"], score: "overall", scoreEdges: [0.5], since: days(-8), until: middle },
  { by: ["topic", "userCohort", "promptVersion", "toString"], periods: [middle], since: days(2) },
  { by: awkwardTexts.slice(0, 8), score: awkwardTexts[0] },
];

/** The requests of a scan, one object each: in the order of their ids, as far as the store need not order them. */
export const scanned = async (store: Store, query: RequestQuery) => {
  const rows: { readonly requestId: string }[] = [];
  for await (const batch of scanRequests(store, query))
    for (const [at, requestId] of batch.requestIds.entries())
      rows.push({
        requestId,
        ...{
          timestampMs: batch.timestampMs[at],
          scores: batch.scores.map((column) => column[at]),
          labels: batch.labels.map((column) => column[at]),
          humanScore: batch.humanScore[at],
          votes: batch.votes[at],
          exposed: batch.exposed[at],
          discarded: batch.discarded[at],
          eachVote: batch.eachVote[at],
        },
      });
  return query.votedOnly ? rows : rows.sort((a, b) => (a.requestId < b.requestId ? -1 : 1));
};

/** What a store's requests fold to, by a query of each kind. */
export const foldedBy = async (store: Store) => ({
  requests: await scanned(store, { scores: ["overall"], labels: ["topic", "userCohort"] }),
  voted: await scanned(store, { votedOnly: true, eachVote: true }),
  count: await countRequests(store, {}),
  groups: await groupRequests(store, { by: ["userCohort"], score: "overall" }),
});
