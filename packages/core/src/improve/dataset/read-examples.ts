import { foldStanding } from "../../collect/standing-votes.ts";
import { readWholeRequests, type WholeRequest } from "../../requests/read-whole-requests.ts";
import type { Store } from "../../store.ts";
import type { Example } from "./example.ts";
import type { PlannedRow, TextPlace } from "./planned-row.ts";
import { promptKey, textKey } from "./text-key.ts";
import { editedText, textsOf } from "./texts-of.ts";

/** Rows whose texts are held at once. */
const batchRows = 100;

/**
 * The texts of planned rows, in their order. A row has none where a text is no longer there, or is no longer what it was:
 * somebody may have been erased since.
 */
export async function* readExamples(
  store: Store,
  rows: readonly PlannedRow[],
  signal: AbortSignal | undefined,
): AsyncGenerator<{ readonly row: PlannedRow; readonly example: Example | undefined }, void, undefined> {
  for (let at = 0; at < rows.length; at += batchRows) {
    const batch = rows.slice(at, at + batchRows);
    const places = batch.flatMap(({ answer, rejected }) => (rejected ? [answer, rejected] : [answer]));
    const requestIds = [...new Set(places.map(({ requestId }) => requestId))];
    const requests = new Map<string, WholeRequest>();
    for await (const some of readWholeRequests(store, requestIds, { signal }))
      for (const request of some) requests.set(request.requestId, request);
    for (const row of batch) yield { row, example: exampleOf(row, requests) };
  }
}

const exampleOf = (row: PlannedRow, requests: ReadonlyMap<string, WholeRequest>): Example | undefined => {
  const request = requests.get(row.answer.requestId);
  const texts = request && textsOf(request);
  if (!texts || "reason" in texts || promptKey(texts.messages) !== row.promptKey) return undefined;
  const answer = textAt(row.answer, requests);
  const rejected = row.rejected ? textAt(row.rejected, requests) : "";
  if (answer === undefined || rejected === undefined) return undefined;
  const counted = new Set(row.feedbackIds);
  const reasons = foldStanding(request.events).votes.flatMap((vote) =>
    counted.has(vote.id) && "reasons" in vote ? (vote.reasons ?? []) : [],
  );
  return {
    messages: texts.messages,
    answer,
    rejected,
    liked: row.liked,
    reasons: [...new Set(reasons)].sort(),
  };
};

const textAt = (
  { requestId, editId, key }: TextPlace,
  requests: ReadonlyMap<string, WholeRequest>,
): string | undefined => {
  const request = requests.get(requestId);
  if (!request) return undefined;
  const edit = editId === undefined ? undefined : request.events.find(({ id }) => id === editId);
  const texts = textsOf(request);
  const output = "output" in texts ? texts.output : undefined;
  const text = editId === undefined ? output : edit && editedText(edit);
  return text !== undefined && textKey(text) === key ? text : undefined;
};
