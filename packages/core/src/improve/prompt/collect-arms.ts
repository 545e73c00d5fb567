import { type FlaggedFeedback, trustIn } from "../../bias/trust-in.ts";
import { growingColumn } from "../../impact/growing-column.ts";
import type { Vote } from "../../requests/fold-feedback.ts";
import type { RequestBatch } from "../../requests/request-batch.ts";
import { scanRequests } from "../../requests/scan-requests.ts";
import { stableMean } from "../../stable-mean.ts";
import type { Store } from "../../store.ts";
import { discardRate } from "./compare-guards.ts";
import type { Verdicts } from "./tally-votes.ts";

/** Which requests are compared, and what of them. */
export interface ArmsQuery {
  readonly by: string;
  readonly candidate: string;
  readonly baseline: string;
  readonly slices: readonly string[];
  readonly guards: readonly string[];
  readonly flagged: readonly FlaggedFeedback[];
  readonly humanThreshold: number;
  readonly since: Date | undefined;
  readonly until: Date | undefined;
}

/** The requests of both arms, an entry each in every column. */
export interface ArmRequests {
  /** 1 for the candidate, 0 for the baseline. */
  readonly arm: Float64Array;
  readonly timestampMs: Float64Array;
  /** A column for each guard; NaN where a request does not have it. */
  readonly guards: readonly Float64Array[];
}

/** What users say of them, an entry a user and request in every column. */
export interface ArmVerdicts extends Verdicts {
  readonly arm: Float64Array;
  readonly timestampMs: Float64Array;
  /** 1 where a vote of it is flagged. */
  readonly isFlagged: Float64Array;
  /** For each label of the slices its values; undefined where the request has none. */
  readonly slices: readonly (readonly (string | undefined)[])[];
  /** What tells them apart and says all that counts of them; for the digest. */
  readonly lines: readonly string[];
  readonly neutral: number;
}

/** Reads both arms in one scan. */
export const collectArms = async (
  store: Store,
  query: ArmsQuery,
): Promise<{ readonly requests: ArmRequests; readonly verdicts: ArmVerdicts }> => {
  const { by, slices, guards, flagged, since, until } = query;
  const scores = guards.filter((guard) => guard !== discardRate);
  const trust = trustIn(flagged);
  const [arm, timestampMs] = [growingColumn(), growingColumn()];
  const guardColumns = guards.map(growingColumn);
  const own = {
    user: growingColumn(),
    good: growingColumn(),
    arm: growingColumn(),
    timestampMs: growingColumn(),
    isFlagged: growingColumn(),
  };
  const sliceColumns = slices.map((): (string | undefined)[] => []);
  const lines: string[] = [];
  const users = new Map<string, number>();
  let [nextUser, neutral] = [0, 0];
  const numberOf = (userId: string | undefined): number => {
    const known = userId === undefined ? undefined : users.get(userId);
    if (known !== undefined) return known;
    if (userId !== undefined) users.set(userId, nextUser);
    return nextUser++;
  };

  const addRequest = (batch: RequestBatch, at: number, of: number): void => {
    arm.push(of);
    timestampMs.push(batch.timestampMs[at]!);
    for (const [place, guard] of guards.entries())
      guardColumns[place]!.push(
        guard === discardRate ? batch.discarded[at]! : batch.scores[scores.indexOf(guard)]![at]!,
      );
    const requestId = batch.requestIds[at]!;
    for (const { userId, score } of wordsOf(batch.eachVote[at]!)) {
      if (score === query.humanThreshold) {
        neutral++;
        continue;
      }
      const [good, flag] = [Number(score > query.humanThreshold), Number(trust({ requestId, userId }) < 1)];
      own.user.push(numberOf(userId));
      own.good.push(good);
      own.arm.push(of);
      own.timestampMs.push(batch.timestampMs[at]!);
      own.isFlagged.push(flag);
      const values = slices.map((_, place) => batch.labels[place + 1]![at]);
      for (const [place, value] of values.entries()) sliceColumns[place]!.push(value);
      lines.push(JSON.stringify([requestId, userId ?? null, of, good, flag, ...values]));
    }
  };

  const wanted = { labels: [by, ...slices], scores, eachVote: true, since, until };
  for await (const batch of scanRequests(store, wanted))
    for (const at of batch.requestIds.keys()) {
      const value = batch.labels[0]![at];
      // One that was voted on but never logged has no label.
      if (value === query.candidate) addRequest(batch, at, 1);
      else if (value === query.baseline) addRequest(batch, at, 0);
    }
  return {
    requests: {
      arm: arm.values(),
      timestampMs: timestampMs.values(),
      guards: guardColumns.map((column) => column.values()),
    },
    verdicts: {
      user: own.user.values(),
      good: own.good.values(),
      arm: own.arm.values(),
      timestampMs: own.timestampMs.values(),
      isFlagged: own.isFlagged.values(),
      slices: sliceColumns,
      lines,
      neutral,
    },
  };
};

/** What each user says of a request: the mean of the votes, as a thumb and a rating of one user are one word. */
const wordsOf = (
  votes: readonly Vote[],
): readonly { readonly userId: string | undefined; readonly score: number }[] => {
  const anonymous = votes.filter(({ userId }) => userId === undefined);
  const named = Map.groupBy(
    votes.filter(({ userId }) => userId !== undefined),
    ({ userId }) => userId,
  );
  return [
    ...anonymous.map(({ score }) => ({ userId: undefined, score })),
    ...[...named].map(([userId, own]) => ({ userId, score: stableMean(own.map(({ score }) => score)) })),
  ];
};
