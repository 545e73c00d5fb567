import type { Candidate, Trace } from "./candidate.ts";
import type { DatasetSettings } from "./dataset-settings.ts";
import type { DroppedCounts } from "./dropped.ts";
import { planRow } from "./plan-row.ts";
import type { PlannedRow } from "./planned-row.ts";
import { votedOutputs } from "./voted-outputs.ts";

/** Pairs of a better and a worse answer to one prompt: from edits, from regenerations, and from votes. */
export const planPreferences = (
  candidates: readonly Candidate[],
  settings: DatasetSettings,
  dropped: DroppedCounts,
): readonly PlannedRow[] =>
  withoutReversed(
    [
      ...pairsOfEdits(candidates, settings, dropped),
      ...pairsOfRegenerations(candidates, settings),
      ...pairsOfVotes(candidates, settings, dropped),
    ],
    dropped,
  );

/** Edits of fewer tokens than this share are typing, of more another text. */
const editDistances = { least: 0.02, most: 0.7 } as const;

/** The edited text over the original, one pair a prompt. */
const pairsOfEdits = (
  candidates: readonly Candidate[],
  { groupBy }: DatasetSettings,
  dropped: DroppedCounts,
): readonly PlannedRow[] => {
  const prompts = new Set<string>();
  return candidates.flatMap((candidate) =>
    candidate.edits.flatMap((edit) => {
      const reason = !edit.accepted
        ? "editNotAccepted"
        : edit.distance < editDistances.least
          ? "editTooSmall"
          : edit.distance > editDistances.most
            ? "editTooLarge"
            : prompts.has(candidate.promptKey)
              ? "duplicate"
              : undefined;
      if (reason) {
        dropped[reason]++;
        return [];
      }
      prompts.add(candidate.promptKey);
      const { requestId, outputKey } = candidate;
      const chosen = {
        source: "edit",
        answer: { requestId, editId: edit.id, key: edit.textKey },
        rejected: { requestId, key: outputKey },
        liked: true,
        editDistance: edit.distance,
      } as const;
      return [planRow(chosen, [candidate], [edit], groupBy)];
    }),
  );
};

/**
 * What a user asked again for and then took, over what they had thrown away: the first later output to the same prompt
 * that the same user used or liked, and did not throw away in turn.
 */
const pairsOfRegenerations = (
  candidates: readonly Candidate[],
  settings: DatasetSettings,
): readonly PlannedRow[] =>
  [...Map.groupBy(candidates, ({ promptKey }) => promptKey).values()].flatMap((own) => {
    const inTime = own.toSorted(
      (a, b) => a.timestampMs - b.timestampMs || (a.requestId < b.requestId ? -1 : 1),
    );
    return inTime.flatMap((worse, at) => {
      if (verdictOf(worse, settings) > 0) return [];
      return worse.discards.flatMap((discard) => {
        for (const better of inTime.slice(at + 1)) {
          const taken = takenBy(better, discard.user, settings);
          if (taken.length === 0 || better.timestampMs === worse.timestampMs) continue;
          if (better.outputKey === worse.outputKey) continue;
          const chosen = {
            source: "regeneration",
            answer: { requestId: better.requestId, key: better.outputKey },
            rejected: { requestId: worse.requestId, key: worse.outputKey },
            liked: true,
          } as const;
          return [planRow(chosen, [better, worse], [discard, ...taken], settings.groupBy)];
        }
        return [];
      });
    });
  });

/** Above 0 where votes like an output, below 0 where they dislike it. */
const verdictOf = ({ votes }: Candidate, { humanThreshold }: DatasetSettings): number =>
  votes.reduce((sum, { score }) => sum + score - humanThreshold, 0);

/** The events by which a user took an output; none where it was disliked, or thrown away. */
const takenBy = (
  candidate: Candidate,
  user: string | undefined,
  settings: DatasetSettings,
): readonly Trace[] => {
  if (verdictOf(candidate, settings) < 0 || candidate.discards.some((discard) => discard.user === user))
    return [];
  const liked = candidate.votes.filter(({ score }) => score > settings.humanThreshold);
  return [...candidate.uses, ...liked].filter((trace) => trace.user === user);
};

/** Outputs that votes like over those that they dislike, of one prompt: each is in one pair at most, the surest first. */
const pairsOfVotes = (
  candidates: readonly Candidate[],
  { humanThreshold, minimumGap, groupBy }: DatasetSettings,
  dropped: DroppedCounts,
): readonly PlannedRow[] =>
  [...Map.groupBy(votedOutputs(candidates), ({ promptKey }) => promptKey).values()].flatMap((own) => {
    const best = own
      .filter(({ humanScore }) => humanScore > humanThreshold)
      .sort((a, b) => b.humanScore - a.humanScore || (a.outputKey < b.outputKey ? -1 : 1));
    const worst = own
      .filter(({ humanScore }) => humanScore < humanThreshold)
      .sort((a, b) => a.humanScore - b.humanScore || (a.outputKey < b.outputKey ? -1 : 1));
    dropped.neutral += own.length - best.length - worst.length;
    return best.slice(0, worst.length).flatMap((better, at) => {
      const worse = worst[at]!;
      if (better.humanScore - worse.humanScore < minimumGap) {
        dropped.smallGap++;
        return [];
      }
      const chosen = {
        source: "votes",
        answer: { requestId: better.candidates[0]!.requestId, key: better.outputKey },
        rejected: { requestId: worse.candidates[0]!.requestId, key: worse.outputKey },
        liked: true,
      } as const;
      const all = [...better.candidates, ...worse.candidates];
      return [planRow(chosen, all, [...better.votes, ...worse.votes], groupBy)];
    });
  });

const withoutReversed = (rows: readonly PlannedRow[], dropped: DroppedCounts): readonly PlannedRow[] => {
  const nameOf = (row: PlannedRow, first: string, second: string) => `${row.promptKey} ${first} ${second}`;
  const names = new Set(rows.map((row) => nameOf(row, row.answer.key, row.rejected!.key)));
  const kept = rows.filter((row) => !names.has(nameOf(row, row.rejected!.key, row.answer.key)));
  dropped.contradictory += rows.length - kept.length;
  return kept;
};
