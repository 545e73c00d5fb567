import { type FlaggedFeedback, requireFlagged } from "../bias/trust-in.ts";
import {
  requireChoice,
  requireHumanThreshold,
  requirePeriod,
  requireSeed,
  requireTexts,
  requireThat,
} from "../check-options.ts";
import type { Store } from "../store.ts";
import { chooseRows } from "./dataset/choose-rows.ts";
import {
  type DatasetFormat,
  type DatasetRows,
  type DatasetStyle,
  datasetFormats,
} from "./dataset/dataset-formats.ts";
import type { Consent, DatasetSettings } from "./dataset/dataset-settings.ts";
import { type Dropped, nothingDropped } from "./dataset/dropped.ts";
import { gatherCandidates } from "./dataset/gather-candidates.ts";
import type { Manifest } from "./dataset/manifest.ts";
import { planDemonstrations } from "./dataset/plan-demonstrations.ts";
import { planPreferences } from "./dataset/plan-preferences.ts";
import { planVerdicts } from "./dataset/plan-verdicts.ts";
import { splitRows } from "./dataset/split-rows.ts";
import { type DatasetFile, writeDataset } from "./dataset/write-dataset.ts";

export interface ExportDatasetOptions {
  /**
   * What the files are for. Outputs with the verdict of users: `labelled`, `csv`, `parquet`, `trl-kto`, `axolotl-kto`,
   * `llama-factory-kto`, `promptfoo`. Answers to learn from: `openai-sft`, `openai-rft`, `together-instruction`,
   * `trl-sft`, `axolotl-sft`, `llama-factory-sft`. Pairs: `openai-dpo`, `trl-dpo`, `trl-reward`, `axolotl-dpo`,
   * `llama-factory-dpo`, `gemini-preference`.
   */
  readonly format: DatasetFormat;
  /** The folder to write to; it is made where it is missing. */
  readonly directory: string;
  /**
   * What the names of the files begin with: letters, digits, `_`, `.` and `-`, at most 100.
   * @default the format
   */
  readonly name?: string | undefined;
  /**
   * Of the formats for TRL: messages, or plain texts.
   * @default "conversational"
   */
  readonly style?: DatasetStyle | undefined;
  /**
   * Of `csv` and `parquet`: what the table holds.
   * @default "labelled"
   */
  readonly rows?: DatasetRows | undefined;
  /** Requests from this moment on, inclusive. */
  readonly since?: Date | undefined;
  /** Requests up to this moment, exclusive. */
  readonly until?: Date | undefined;
  /**
   * The share of groups, from 0 to below 1, whose rows go into a file for validation.
   * @default 0.1
   */
  readonly holdout?: number | undefined;
  /**
   * What is never on both sides of the split: `user`, whoever gave the feedback; `prompt`; or a label, as of
   * conversations. Where there is none, it is the `conversationId` of the metadata, and else the prompt.
   * @default "user"
   */
  readonly groupBy?: string | undefined;
  /**
   * Any whole number: another seed draws another split.
   * @default 1
   */
  readonly seed?: number | undefined;
  /** Use only what has this in the metadata of the event or else of its request, where the user's consent is kept. */
  readonly consent?: Consent | undefined;
  /**
   * Requests to keep out, as those by which an evaluator is judged; others with the same prompt stay out too.
   * @default []
   */
  readonly exclude?: readonly string[] | undefined;
  /**
   * Feedback to set aside, as `flagSuspiciousFeedback` gives it, or a list of your own; edits of its users are set aside
   * too.
   * @default []
   */
  readonly flagged?: readonly FlaggedFeedback[] | undefined;
  /**
   * Humans like an output above this human score, 1 to 5, and dislike it below; at it they have no verdict.
   * @default 3
   */
  readonly humanThreshold?: number | undefined;
  /**
   * How far apart the human scores of a pair from votes have to be, 0 to 4.
   * @default 1
   */
  readonly minimumGap?: number | undefined;
  /**
   * The most rows with the feedback of one user.
   * @default 50 of edits, and no limit for others
   */
  readonly maxPerUser?: number | undefined;
  /** Is told how many of all requests have been read, and then how many of all rows have been written. */
  readonly onProgress?: ((step: "reading" | "writing", done: number, all: number) => void) | undefined;
  /** Stops between two batches; nothing under the names of the files has changed then. */
  readonly signal?: AbortSignal | undefined;
}

/** The files of a data set, or that there is nothing to write. */
export type DatasetExport =
  | {
      readonly verdict: "exported";
      /** Rows of both sides. */
      readonly rows: number;
      /** Those with rows, where each row came from, and what the tool wants beside them. */
      readonly files: readonly DatasetFile[];
      readonly manifestPath: string;
      readonly manifest: Manifest;
      readonly dropped: Dropped;
    }
  | {
      readonly verdict: "not_enough_data";
      readonly needed: 1;
      readonly have: 0;
      readonly dropped: Dropped;
    };

/**
 * Writes feedback as a data set that training tools load unchanged: `NAME.train` and `NAME.validation`, with nothing in
 * the rows but what the format asks for; `NAME.provenance.jsonl`, which requests, events and users each row came from,
 * edits with their distance; and `NAME.manifest.json`. The same store and options give the same bytes, in whatever order
 * things were recorded.
 *
 * Outputs are liked or disliked by their standing votes, those of all requests with the same prompt and output together.
 * An answer to learn from is a liked output, or the committed text of an edit. A pair is an accepted edit over its
 * original, 2 to 70 % of the tokens apart, one a prompt; what a user regenerated and then took, over what they had
 * thrown away; or a liked output over a disliked one of the same prompt.
 *
 * A prompt that is a JSON array of messages is a conversation, any other one message of the user: see `conversationOf`.
 * Memory holds ids and digests of all, and texts of a few hundred requests at a time.
 *
 * @throws HeedError `INVALID_QUERY`, `STORE_FAILED` or `STORE_CLOSED`; the signal's reason; and what Node says of files
 *
 * @example
 * const answer = await exportDataset(store, { format: "openai-dpo", directory: "training" });
 * if (answer.verdict === "exported") for (const { path, rows } of answer.files) console.log(path, rows);
 */
export const exportDataset = async (store: Store, options: ExportDatasetOptions): Promise<DatasetExport> => {
  requireOptions(options);
  const { format: formatName, style = "conversational", rows = "labelled", signal } = options;
  const format = datasetFormats[formatName]({ style, rows });
  const settings = settingsOf(options, format.rows);
  signal?.throwIfAborted();

  const dropped = nothingDropped();
  const candidates = await gatherCandidates(store, settings, dropped);
  const planned = plans[format.rows](candidates, settings, dropped);
  const sides = splitRows(chooseRows(planned, settings, dropped), settings, dropped);
  const written =
    sides.train.length > 0 ? await writeDataset(store, format, sides, settings, dropped) : undefined;
  if (!written) return { verdict: "not_enough_data", needed: 1, have: 0, dropped };
  const { train, validation } = written.manifest.rows;
  return { verdict: "exported", rows: train + validation, ...written, dropped };
};

const plans = {
  labelled: planVerdicts,
  demonstrations: planDemonstrations,
  preferences: planPreferences,
} as const satisfies Readonly<Record<DatasetRows, typeof planVerdicts>>;

const settingsOf = (options: ExportDatasetOptions, rows: DatasetRows): DatasetSettings => {
  const { format, directory, name = format, style = "conversational", since, until } = options;
  const { holdout = 0.1, groupBy = "user", seed = 1, consent, exclude = [], flagged = [] } = options;
  const { humanThreshold = 3, minimumGap = 1, maxPerUser, onProgress = () => {}, signal } = options;
  return {
    ...{ format, style, rows, name, directory, since, until, seed, holdout, groupBy, consent },
    exclude: new Set(exclude),
    flagged,
    ...{ humanThreshold, minimumGap, maxPerUser, onProgress, signal },
  };
};

const requireOptions = (options: ExportDatasetOptions): void => {
  const { format, directory, name, style, rows, holdout = 0.1, groupBy = "user", seed = 1 } = options;
  const { consent, exclude = [], flagged = [] } = options;
  const { humanThreshold = 3, minimumGap = 1, maxPerUser } = options;
  requirePeriod(options);
  requireSeed(seed);
  requireChoice("format", format, Object.keys(datasetFormats));
  requireTexts("exclude", exclude);
  requireFlagged(flagged);
  if (style !== undefined) requireChoice("style", style, ["conversational", "plain"]);
  if (rows !== undefined) requireChoice("rows", rows, Object.keys(plans));
  requireThat(typeof directory === "string" && directory !== "", "directory is not the name of a folder");
  requireThat(
    name === undefined || /^[A-Za-z0-9_][\w.-]{0,99}$/.test(name),
    "name is not of letters, digits, _, . and -",
  );
  requireThat(holdout >= 0 && holdout < 1, "holdout is not a share from 0 to below 1");
  requireThat(typeof groupBy === "string" && groupBy !== "", "groupBy is not a label");
  requireThat(
    consent === undefined ||
      (typeof consent?.label === "string" && ["string", "boolean"].includes(typeof consent.value)),
    "consent is not a label and its value",
  );
  requireHumanThreshold(humanThreshold);
  requireThat(minimumGap >= 0 && minimumGap <= 4, "minimumGap is not between 0 and 4");
  requireThat(
    maxPerUser === undefined || (Number.isSafeInteger(maxPerUser) && maxPerUser > 0),
    "maxPerUser is not a whole number above 0",
  );
};
