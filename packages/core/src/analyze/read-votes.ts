import { type CellWeights, weightFinder } from "../bias/cell-weights.ts";
import type { RequestBatch, RequestQuery } from "../requests/request-batch.ts";
import { scanRequests } from "../requests/scan-requests.ts";
import type { Store } from "../store.ts";
import { pick } from "./pick.ts";

/** The requests that were voted on and logged, in the order of their ids: one entry each in every column. */
export interface VotedRequests {
  readonly human: Float64Array;
  readonly votes: Float64Array;
  /** A column for each score that was asked for; NaN where a request has none. */
  readonly scores: readonly Float64Array[];
  /** A number for each value of the label, -1 where a request has none; null where no label was asked for. */
  readonly label: Int32Array | null;
  /** NaN for a cell that has none; null where no weights were given. */
  readonly weight: Float64Array | null;
  /** Null where they were not asked for. */
  readonly eachVote: EachVote | null;
  /** Voted on, but never logged. */
  readonly notLogged: number;
}

/** All standing votes of some requests, one request's after the other's. */
export interface EachVote {
  /** A number for each user, from 0; every anonymous vote has its own. */
  readonly user: Int32Array;
  /** 1 to 5. */
  readonly value: Float64Array;
}

interface VotesQuery extends Pick<RequestQuery, "since" | "until"> {
  readonly scores: readonly string[];
  readonly label: string | undefined;
  readonly weights: CellWeights | undefined;
  readonly eachVote: boolean;
}

/** Reads the voted requests of a period into columns of numbers, in one scan. */
export const readVotes = async (store: Store, query: VotesQuery): Promise<VotedRequests> => {
  const { scores, label, weights, eachVote, since, until } = query;
  const labels = [...(label === undefined ? [] : [label]), ...(weights?.by ?? [])];
  const read = batchReader(query);
  const batches: ReturnType<typeof read>[] = [];
  for await (const batch of scanRequests(store, { scores, labels, votedOnly: true, eachVote, since, until }))
    batches.push(read(batch));

  return {
    human: joined(batches.map(({ human }) => human)),
    votes: joined(batches.map(({ votes }) => votes)),
    scores: scores.map((_, at) => joined(batches.map((batch) => batch.scores[at]!))),
    label: label === undefined ? null : new Int32Array(joined(batches.map((batch) => batch.label))),
    weight: weights === undefined ? null : joined(batches.map(({ weight }) => weight)),
    eachVote: eachVote
      ? {
          user: new Int32Array(joined(batches.map(({ user }) => user))),
          value: joined(batches.map(({ value }) => value)),
        }
      : null,
    notLogged: batches.reduce((sum, batch) => sum + batch.notLogged, 0),
  };
};

/** Turns a batch into columns of numbers, so that no text and no object of it stays. */
const batchReader = ({ label, weights, eachVote }: VotesQuery) => {
  const weightOf = weights && weightFinder(weights);
  const numberOfLabel = numbering();
  const numberOfUser = numbering();
  return (batch: RequestBatch) => {
    const rows = loggedRows(batch);
    const own = label === undefined ? undefined : batch.labels[0]!;
    const cells = batch.labels.slice(own ? 1 : 0);
    const votes = eachVote ? Array.from(rows, (at) => batch.eachVote[at]!).flat() : [];
    return {
      human: pick(batch.humanScore, rows),
      votes: pick(batch.votes, rows),
      scores: batch.scores.map((column) => pick(column, rows)),
      label: Float64Array.from(own ? rows : [], (at) =>
        own![at] === undefined ? -1 : numberOfLabel(own![at]),
      ),
      weight: Float64Array.from(
        weightOf ? rows : [],
        (at) => weightOf!(cells.map((column) => column[at])) ?? Number.NaN,
      ),
      user: Float64Array.from(votes, ({ userId }) => numberOfUser(userId)),
      value: Float64Array.from(votes, ({ score }) => score),
      notLogged: batch.timestampMs.length - rows.length,
    };
  };
};

const loggedRows = ({ timestampMs }: RequestBatch): Uint32Array => {
  const rows = new Uint32Array(timestampMs.length);
  let logged = 0;
  for (let at = 0; at < rows.length; at++) if (!Number.isNaN(timestampMs[at])) rows[logged++] = at;
  return rows.subarray(0, logged);
};

/** Numbers names from 0 in the order of their appearance; nobody gets a new number every time. */
const numbering = () => {
  const numbers = new Map<string, number>();
  let next = 0;
  return (name: string | undefined): number => {
    const known = name === undefined ? undefined : numbers.get(name);
    if (known !== undefined) return known;
    if (name !== undefined) numbers.set(name, next);
    return next++;
  };
};

const joined = (parts: readonly Float64Array[]): Float64Array => {
  const whole = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
