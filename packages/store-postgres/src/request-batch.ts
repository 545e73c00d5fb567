import {
  foldFeedback,
  foldRequest,
  labelReader,
  type RequestBatch,
  type RequestFeedback,
  type RequestQuery,
} from "@heed/core";
import type { EvaluationRecord, FeedbackEvent } from "@heed/schema";

type Row = readonly unknown[];

/** Where the cells of a row begin that depend on the query and the kind of row. */
const firstCell = 4;

/** One request, its wanted scores and labels in the order of the query. */
interface FoldedRequest {
  readonly requestId: string;
  /** NaN where the request was never logged. */
  readonly timestampMs: number;
  readonly scores: readonly number[];
  readonly labels: readonly (string | undefined)[];
  readonly feedback: RequestFeedback;
}

const noFeedback = foldFeedback([]);

/** Folds the rows of requests, as `requestRows` asks for them, by the folds of core. */
export const requestFolder = ({ scores: names = [], labels = [], since, until, votedOnly }: RequestQuery) => {
  const readLabel = labelReader();
  const noScores = names.map(() => Number.NaN);
  const noLabels = labels.map(() => undefined);

  const partOf = (row: Row) => ({
    timestampMs: Number(row[3]),
    scores: names.map((_, at) => Number(row[firstCell + at] ?? Number.NaN)),
    labels: labels.map((label, at) => readLabel(label, row[firstCell + names.length + at] as string | null)),
  });

  /** The record with the wanted scores and labels alone: a model or version folds as a metadata value does. */
  const recordOf = (row: Row): EvaluationRecord => {
    const { timestampMs, scores, labels: texts } = partOf(row);
    const given = names.map((name, at) => [name, scores[at]!] as const);
    return {
      id: row[2] as string,
      requestId: row[0] as string,
      timestamp: new Date(timestampMs),
      evalScores: Object.fromEntries(given.filter(([, score]) => !Number.isNaN(score))),
      metadata: Object.fromEntries(
        labels.flatMap((label, at) => (texts[at] === undefined ? [] : [[label, texts[at]]])),
      ),
    };
  };

  const foldRecords = (rows: readonly Row[]) => {
    if (rows.length === 0) return { timestampMs: Number.NaN, scores: noScores, labels: noLabels };
    // Mostly a record is all there is of its request.
    if (rows.length === 1) return partOf(rows[0]!);
    const { timestamp, evalScores, metadata } = foldRequest(rows.map(recordOf));
    return {
      timestampMs: timestamp.getTime(),
      scores: names.map((name) => (Object.hasOwn(evalScores, name) ? evalScores[name]! : Number.NaN)),
      labels: labels.map((label) =>
        metadata && Object.hasOwn(metadata, label) ? (metadata[label] as string) : undefined,
      ),
    };
  };

  const isWanted = ({ timestampMs, feedback }: FoldedRequest): boolean =>
    Number.isNaN(timestampMs)
      ? feedback.votes.length > 0
      : (feedback.votes.length > 0 || !votedOnly) &&
        (since === undefined || timestampMs >= since.getTime()) &&
        (until === undefined || timestampMs < until.getTime());

  /** The wanted ones of the requests whose rows these are, in the order of the rows. */
  return (rows: readonly Row[]): FoldedRequest[] => {
    const requests: FoldedRequest[] = [];
    for (let start = 0, end = 0; start < rows.length; start = end) {
      const requestId = rows[start]![0] as string;
      const records: Row[] = [];
      const events: Row[] = [];
      for (; end < rows.length && rows[end]![0] === requestId; end++)
        (rows[end]![1] === null ? records : events).push(rows[end]!);
      const feedback = events.length === 0 ? noFeedback : foldFeedback(events.map(eventOf));
      const request = { requestId, ...foldRecords(records), feedback };
      if (isWanted(request)) requests.push(request);
    }
    return requests;
  };
};

/** What of an event the folds look at. */
const eventOf = ([requestId, type, id, timestampMs, value, userId, metadata]: Row): FeedbackEvent =>
  ({
    id,
    requestId,
    type,
    timestamp: new Date(Number(timestampMs)),
    value: type === "explicit_rating" ? Number(value) : value,
    ...(userId !== null && { userId }),
    ...(typeof metadata === "string" && { metadata: JSON.parse(metadata) }),
  }) as FeedbackEvent;

/** Turns requests into the columns of a batch. */
export const batchOf = (
  requests: readonly FoldedRequest[],
  { scores = [], labels = [], eachVote = false }: RequestQuery,
): RequestBatch => {
  // A loop, as the `from` of typed arrays takes four times as long.
  const numbers = (pick: (request: FoldedRequest) => number): Float64Array => {
    const column = new Float64Array(requests.length);
    for (let at = 0; at < requests.length; at++) column[at] = pick(requests[at]!);
    return column;
  };
  return {
    requestIds: requests.map(({ requestId }) => requestId),
    timestampMs: numbers(({ timestampMs }) => timestampMs),
    scores: scores.map((_, at) => numbers(({ scores }) => scores[at]!)),
    labels: labels.map((_, at) => requests.map(({ labels }) => labels[at])),
    humanScore: numbers(({ feedback }) => feedback.humanScore ?? Number.NaN),
    votes: numbers(({ feedback }) => feedback.votes.length),
    exposed: new Uint8Array(numbers(({ feedback }) => Number(feedback.exposed))),
    discarded: new Uint8Array(numbers(({ feedback }) => Number(feedback.discarded))),
    eachVote: requests.map(({ feedback }) => (eachVote ? feedback.votes : [])),
  };
};
