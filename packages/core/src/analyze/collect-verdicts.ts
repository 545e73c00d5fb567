import { readAll } from "../read-all.ts";
import type { Vote } from "../requests/fold-feedback.ts";
import { scanRequests } from "../requests/scan-requests.ts";
import type { Store } from "../store.ts";
import { byTime } from "../time-order.ts";

/** How many users of a cohort like a unit, and how many dislike it. */
export interface CohortCounts {
  readonly cohort: string;
  readonly liked: number;
  readonly disliked: number;
}

interface VerdictQuery {
  readonly by: string;
  readonly across: string;
  readonly since: Date | undefined;
  readonly until: Date | undefined;
}

/** Sums up what the users of each cohort say of each unit, in one scan of the voted requests. */
export const collectVerdicts = async (store: Store, { by, across, since, until }: VerdictQuery) => {
  const ballots = new Map<string, Map<string, Ballot>>();
  let [noCohort, noUnit] = [0, 0];
  const labels = across === "request" || across === "prompt" ? [by] : [by, across];
  for await (const batch of scanRequests(store, { votedOnly: true, eachVote: true, labels, since, until })) {
    const prompts = across === "prompt" ? await readPrompts(store, batch.requestIds) : undefined;
    for (const [at, requestId] of batch.requestIds.entries()) {
      const unit = across === "request" ? requestId : prompts ? prompts.get(requestId) : batch.labels[1]![at];
      for (const [index, vote] of batch.eachVote[at]!.entries()) {
        const cohort = cohortOf(vote, by) ?? batch.labels[0]![at];
        if (unit === undefined) noUnit++;
        else if (cohort === undefined) noCohort++;
        else cast(ballots, unit, cohort, vote.userId ?? [requestId, index], vote.score);
      }
    }
  }
  const units = [...ballots].sort(([a], [b]) => (a < b ? -1 : 1));
  const all = units.flatMap(([, own]) => [...own.values()]);
  return {
    units: units.map(([unit, own]) => ({ unit, counts: countsOf([...own.values()]) })),
    cohorts: [...new Set(all.map(({ cohort }) => cohort))].sort(),
    dropped: { noCohort, noUnit, neutral: all.filter(({ sum, n }) => sum === 3 * n).length },
  };
};

/** A user's votes on a unit: their mean is one verdict, so that nobody counts twice. */
interface Ballot {
  readonly cohort: string;
  sum: number;
  n: number;
}

/** @param voter The user, or the place of a vote that is nobody's. */
const cast = (
  ballots: Map<string, Map<string, Ballot>>,
  unit: string,
  cohort: string,
  voter: string | readonly [string, number],
  score: number,
): void => {
  const own = ballots.get(unit) ?? new Map<string, Ballot>();
  ballots.set(unit, own);
  const key = JSON.stringify([cohort, voter]);
  const ballot = own.get(key) ?? { cohort, sum: 0, n: 0 };
  own.set(key, ballot);
  ballot.sum += score;
  ballot.n++;
};

/** In the order of the cohorts' names; neutral users are in neither count. */
const countsOf = (ballots: readonly Ballot[]): readonly CohortCounts[] =>
  [...Map.groupBy(ballots, ({ cohort }) => cohort)]
    .map(([cohort, own]) => ({
      cohort,
      liked: own.filter(({ sum, n }) => sum > 3 * n).length,
      disliked: own.filter(({ sum, n }) => sum < 3 * n).length,
    }))
    .sort((a, b) => (a.cohort < b.cohort ? -1 : 1));

const cohortOf = ({ metadata }: Vote, by: string): string | undefined =>
  metadata && Object.hasOwn(metadata, by) ? String(metadata[by]) : undefined;

/** The prompts of a batch of requests, each from its earliest record that has one, in one read. */
const readPrompts = async (store: Store, requestId: readonly string[]): Promise<Map<string, string>> => {
  const records = await Array.fromAsync(
    readAll((filter, page) => store.readEvaluations(filter, page), { requestId }),
  );
  const prompts = new Map<string, string>();
  for (const record of records.sort(byTime))
    if (record.prompt !== undefined && !prompts.has(record.requestId))
      prompts.set(record.requestId, record.prompt);
  return prompts;
};
