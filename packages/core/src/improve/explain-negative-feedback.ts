import type { DownReason } from "@heed/schema";
import { type FlaggedFeedback, requireFlagged } from "../bias/trust-in.ts";
import {
  requireConfidence,
  requireCount,
  requireHumanThreshold,
  requirePeriod,
  requireTexts,
} from "../check-options.ts";
import { HeedError } from "../errors.ts";
import { wilsonInterval } from "../stats/wilson-interval.ts";
import type { Store } from "../store.ts";
import { describeOutputs, type OutputDetails } from "./describe-outputs.ts";
import { clusterComments } from "./themes/cluster-comments.ts";
import { type ComplainedRequest, type Complaint, collectComplaints } from "./themes/collect-complaints.ts";
import { commonWords } from "./themes/common-words.ts";
import { countVoted, segmentsOfThemes, type ThemeSegment } from "./themes/theme-segments.ts";

export interface ExplainOptions {
  /**
   * Labels whose values a theme may come from more than its share: `model`, `promptVersion`, or metadata keys.
   * @default ["userCohort", "model", "promptVersion"]
   */
  readonly by?: readonly string[] | undefined;
  /**
   * How many themes to tell of.
   * @default 20
   */
  readonly limit?: number | undefined;
  /**
   * How many requests each theme comes with.
   * @default 3
   */
  readonly examplesPerTheme?: number | undefined;
  /**
   * Complaints that make a theme, from 2; and requests of a theme that make a segment of it.
   * @default 3
   */
  readonly smallest?: number | undefined;
  /**
   * A comment is a complaint where its user's votes on the output are below this mean, 1 to 5; at it, and above, it is none.
   * @default 3
   */
  readonly humanThreshold?: number | undefined;
  /**
   * Feedback not to be trusted, which is set aside: as `flagSuspiciousFeedback` gives it, or users of your own list.
   * @default []
   */
  readonly flagged?: readonly FlaggedFeedback[] | undefined;
  /**
   * The share of false segments that is put up with, on average.
   * @default 0.05
   */
  readonly q?: number | undefined;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
  /**
   * Confidence of the intervals.
   * @default 0.95
   */
  readonly confidence?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A request that users complain of in the way of a theme. */
export interface ThemeExample extends OutputDetails {
  readonly requestId: string;
  /** The comments that are of the theme; for a reason, those of the users who gave it. */
  readonly quotes: readonly string[];
}

/** What several users complain of. */
export interface FeedbackTheme {
  /** Whether users ticked it as a reason, or wrote it. */
  readonly kind: "reason" | "comments";
  /** The reason, or the terms that the comments share. */
  readonly label: string;
  /** The reason alone, or each term: the first is that by which the comments are together. */
  readonly terms: readonly string[];
  /** Thumbs down that give the reason, or comments. */
  readonly feedback: number;
  readonly requests: number;
  readonly users: number;
  /** Share of all thumbs down, or of all comments that are complaints, with Wilson's interval. */
  readonly share: number;
  readonly ci: readonly [low: number, high: number];
  /** Values of labels that it comes from more than its share; the surest first. */
  readonly segments: readonly ThemeSegment[];
  /** Its requests by model and by prompt version, the most first. */
  readonly models: readonly { readonly value: string; readonly requests: number }[];
  readonly promptVersions: readonly { readonly value: string; readonly requests: number }[];
  readonly examples: readonly ThemeExample[];
}

interface Scope {
  readonly by: readonly string[];
  readonly level: "feedback";
  /** Standing thumbs down, those among them that give a reason, and comments that are complaints. */
  readonly thumbsDown: number;
  readonly withReason: number;
  readonly comments: number;
  readonly dropped: {
    /** Comments on outputs that nobody voted on: whether they complain cannot be told. */
    readonly noVote: number;
    /** Comments of users whose votes are at the threshold. */
    readonly neutral: number;
    /** Thumbs down and comments that are flagged. */
    readonly flagged: number;
  };
  /** Labels with too many values to be segments, as ids have. */
  readonly skipped: readonly string[];
}

/** What users complain of, or why that cannot be said. */
export type FeedbackThemes =
  | (Scope & {
      readonly verdict: "themes_found";
      /** Those of most feedback first. */
      readonly themes: readonly FeedbackTheme[];
      /** Comments that are in no theme that is told of. */
      readonly unthemed: number;
    })
  /** Users say why, but no three the same. */
  | (Scope & { readonly verdict: "no_themes" })
  /** Too few complaints say why, be it by a reason or in words. */
  | (Scope & { readonly verdict: "not_enough_data"; readonly needed: number; readonly have: number });

/**
 * Groups what users complain of into themes: the reasons of standing thumbs down, and comments of users who disliked the
 * output, by the words that they share. Each theme says how often, by how many, where more than elsewhere, and shows
 * requests: what to mend in a prompt, or to train for.
 *
 * A comment is in one theme of comments at most, the largest that has a word of it. Which words are too common to tell is
 * learnt from the outputs.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`; and the reason of the `signal`, once it is aborted
 *
 * @example
 * const answer = await explainNegativeFeedback(store);
 * if (answer.verdict === "themes_found") for (const { label, feedback } of answer.themes) console.log(label, feedback);
 */
export const explainNegativeFeedback = async (
  store: Store,
  options: ExplainOptions = {},
): Promise<FeedbackThemes> => {
  const { by = ["userCohort", "model", "promptVersion"], limit = 20, examplesPerTheme = 3 } = options;
  const { smallest = 3, humanThreshold = 3, flagged = [], q = 0.05, confidence = 0.95 } = options;
  const { since, until, signal } = options;
  requirePeriod({ since, until });
  requireConfidence(confidence);
  requireTexts("by", by);
  requireCount("limit", limit, 1);
  requireCount("examplesPerTheme", examplesPerTheme, 0);
  requireCount("smallest", smallest, 2);
  requireHumanThreshold(humanThreshold);
  if (!(q > 0 && q < 1)) throw new HeedError("INVALID_QUERY", "q is not between 0 and 1");

  const labels = [...new Set(by)];
  requireFlagged(flagged);
  const query = { by: labels, humanThreshold, flagged, since, until, signal };
  const { thumbsDown, comments, outputs, dropped } = await collectComplaints(store, query);
  const withReason = thumbsDown.filter(({ reasons }) => reasons.length > 0);
  const voted = await countVoted(store, labels, { since, until });
  const scope = {
    by: labels,
    level: "feedback",
    thumbsDown: thumbsDown.length,
    withReason: withReason.length,
    comments: comments.length,
    dropped,
    skipped: labels.filter((_, place) => voted[place] === null),
  } as const;
  const have = withReason.length + comments.length;
  if (have < smallest) return { verdict: "not_enough_data", ...scope, needed: smallest, have };

  const clusters = clusterComments(
    comments.map(({ text }) => text),
    { smallest, limit, isCommon: commonWords(outputs) },
  );
  const reasons = Map.groupBy(
    withReason.flatMap(({ reasons: given, ...own }) => given.map((reason) => ({ reason, own }))),
    ({ reason }) => reason,
  );
  const grouped = [
    ...[...reasons]
      .filter(([, given]) => given.length >= smallest)
      .map(([reason, given]) =>
        reasonTheme(
          reason,
          given.map(({ own }) => own),
          comments,
        ),
      ),
    ...clusters.map(({ terms, members }) =>
      commentTheme(
        terms,
        members.map((at) => comments[at]!),
      ),
    ),
  ]
    .sort((a, b) => b.complaints.length - a.complaints.length || (a.label < b.label ? -1 : 1))
    .slice(0, limit);
  if (grouped.length === 0) return { verdict: "no_themes", ...scope };

  const requestsOf = grouped.map(({ complaints }) => [
    ...new Map(complaints.map(({ request }) => [request.requestId, request])).values(),
  ]);
  const segments = segmentsOfThemes(requestsOf, { by: labels, voted, smallest, q });
  const shown = grouped.map(({ quotesOf }, at) =>
    differing(requestsOf[at]!, quotesOf).slice(0, examplesPerTheme),
  );
  const details = await describeOutputs(store, [
    ...new Set(shown.flatMap((requests) => requests.map(({ requestId }) => requestId))),
  ]);
  const themes = grouped.map(({ kind, label, terms, complaints, quotesOf }, at): FeedbackTheme => {
    const of = kind === "reason" ? thumbsDown.length : comments.length;
    const requests = requestsOf[at]!;
    return {
      kind,
      label,
      terms,
      feedback: complaints.length,
      requests: requests.length,
      users: new Set(complaints.map(({ user }) => user)).size,
      share: complaints.length / of,
      ci: wilsonInterval(complaints.length, of, { confidence })!,
      segments: segments[at]!,
      models: countValues(requests.map(({ model }) => model)),
      promptVersions: countValues(requests.map(({ promptVersion }) => promptVersion)),
      // One that was removed since has no details.
      examples: shown[at]!.flatMap(({ requestId }) => {
        const own = details.get(requestId);
        return own ? { requestId, ...own, quotes: quotesOf(requestId) } : [];
      }),
    };
  });
  const themed = themes.reduce((sum, { kind, feedback }) => sum + (kind === "comments" ? feedback : 0), 0);
  return { verdict: "themes_found", ...scope, themes, unthemed: comments.length - themed };
};

/** Those first of which the words differ: the same word thrice is no example of more. */
const differing = (
  requests: readonly ComplainedRequest[],
  quotesOf: (requestId: string) => readonly string[],
): readonly ComplainedRequest[] => {
  const seen = new Set<string>();
  const isRepeated = requests.map(({ requestId }) => {
    const said = quotesOf(requestId).join("\n").toLowerCase();
    const isKnown = seen.has(said);
    seen.add(said);
    return isKnown;
  });
  return [...requests.filter((_, at) => !isRepeated[at]), ...requests.filter((_, at) => isRepeated[at])];
};

type Comment = Complaint & { readonly text: string };

/** Complaints with the same reason; those that come with words first. */
const reasonTheme = (reason: DownReason, given: readonly Complaint[], comments: readonly Comment[]) => {
  const keyOf = ({ request, user }: Complaint): string => JSON.stringify([request.requestId, user]);
  const authors = new Set(given.map(keyOf));
  const said = Map.groupBy(
    comments.filter((comment) => authors.has(keyOf(comment))),
    ({ request }) => request.requestId,
  );
  const hasWords = ({ request }: Complaint): number => Number(said.has(request.requestId));
  return {
    kind: "reason" as const,
    label: reason,
    terms: [reason],
    complaints: [...given].sort((a, b) => hasWords(b) - hasWords(a)),
    quotesOf: (requestId: string) => (said.get(requestId) ?? []).map(({ text }) => text),
  };
};

const commentTheme = (terms: readonly string[], complaints: readonly Comment[]) => ({
  kind: "comments" as const,
  label: terms.join(", "),
  terms,
  complaints,
  quotesOf: (requestId: string) =>
    complaints.flatMap(({ request, text }) => (request.requestId === requestId ? text : [])),
});

const countValues = (values: readonly (string | undefined)[]) => {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, requests]) => ({ value, requests }))
    .sort((a, b) => b.requests - a.requests || (a.value < b.value ? -1 : 1));
};
