import type { FeedbackEvent, FeedbackType } from "@heed/schema";
import { trustIn } from "../../bias/trust-in.ts";
import { scoreOf } from "../../collect/standing-votes.ts";
import { userDigest } from "../../life/user-digest.ts";
import { labelOf } from "../../requests/label-of.ts";
import { readWholeRequests, requestIdsWithFeedback } from "../../requests/read-whole-requests.ts";
import type { Store } from "../../store.ts";
import type { Candidate, EditTrace, Trace } from "./candidate.ts";
import type { DatasetSettings } from "./dataset-settings.ts";
import type { DroppedCounts } from "./dropped.ts";
import { type CountedFeedback, feedbackOf } from "./feedback-of.ts";
import { promptKey, textKey } from "./text-key.ts";
import { editedText, textsOf } from "./texts-of.ts";
import { tokenEditDistance } from "./token-edit-distance.ts";

/**
 * Reads all requests that rows can be made of, in the order of their ids, and keeps of each what rows are chosen by:
 * stand-ins for its texts, and who did what.
 */
export const gatherCandidates = async (
  store: Store,
  settings: DatasetSettings,
  dropped: DroppedCounts,
): Promise<readonly Candidate[]> => {
  const { since, until, signal, exclude, consent, flagged, groupBy, onProgress } = settings;
  const requestIds = await requestIdsWithFeedback(store, readTypes);
  const trust = trustIn(flagged);
  const flaggedUsers = new Set(flagged.flatMap(({ userId }) => userId ?? []));
  const label = groupBy === "user" ? "conversationId" : groupBy;
  const candidates: Candidate[] = [];
  const excludedPrompts = await promptsOf(store, [...exclude], signal);
  let read = 0;
  for await (const requests of readWholeRequests(store, requestIds, { since, until, signal })) {
    for (const request of requests) {
      const texts = textsOf(request);
      if (exclude.has(request.requestId)) {
        dropped.excluded++;
        continue;
      }
      const feedback = feedbackOf(request, { consent, trust, flaggedUsers });
      dropped.flagged += feedback.flagged;
      if (feedback.refused) dropped.noConsent++;
      if (!hasAny(feedback)) continue;
      if ("reason" in texts) {
        dropped[texts.reason]++;
        continue;
      }
      candidates.push({
        requestId: request.requestId,
        timestampMs: request.timestamp.getTime(),
        promptKey: promptKey(texts.messages),
        outputKey: textKey(texts.output),
        promptVersion: request.promptVersion,
        group: groupBy === "prompt" ? undefined : labelOf(request, label),
        ...tracesOf(feedback, texts.output),
      });
    }
    read += requests.length;
    onProgress("reading", read, requestIds.length);
  }
  const kept = candidates.filter((candidate) => !excludedPrompts.has(candidate.promptKey));
  dropped.excluded += candidates.length - kept.length;
  return kept;
};

/**
 * The prompts of requests that are kept out, whenever they were made: a model must not learn them by another request
 * either.
 */
const promptsOf = async (
  store: Store,
  requestIds: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> => {
  const prompts = new Set<string>();
  for await (const requests of readWholeRequests(store, requestIds, { signal }))
    for (const texts of requests.map(textsOf))
      if ("messages" in texts) prompts.add(promptKey(texts.messages));
  return prompts;
};

/** What rows come from. */
const readTypes = [
  "explicit_thumbs_up",
  "explicit_thumbs_down",
  "explicit_rating",
  "implicit_usage",
  "implicit_edit",
  "implicit_discard",
] as const satisfies readonly FeedbackType[];

const hasAny = ({ votes, uses, discards, edits }: CountedFeedback): boolean =>
  votes.length + uses.length + discards.length + edits.length > 0;

const tracesOf = (
  { votes, uses, discards, edits }: CountedFeedback,
  output: string,
): Pick<Candidate, "votes" | "uses" | "discards" | "edits"> => ({
  votes: votes.map((vote) => ({ ...traceOf(vote), score: scoreOf(vote) })),
  uses: uses.map(traceOf),
  discards: discards.map(traceOf),
  edits: edits.map((edit): EditTrace => {
    const text = editedText(edit)!;
    const committed = edit.value.committed === true;
    const isTaken = uses.some(({ userId, value }) => userId === edit.userId && value !== "inserted");
    return {
      ...traceOf(edit),
      textKey: textKey(text),
      committed,
      accepted: committed || isTaken,
      distance: tokenEditDistance(output, text),
    };
  }),
});

const traceOf = ({ id, userId }: FeedbackEvent): Trace => ({
  id,
  ...(userId !== undefined && { user: userDigest(userId) }),
});
