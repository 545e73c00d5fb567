/** Where the text of an answer is: the output of a request, or what an edit made of it. */
export interface TextPlace {
  readonly requestId: string;
  /** The event of the edit; without it, the output. */
  readonly editId?: string;
  /** Stands for the text: see `textKey`. */
  readonly key: string;
}

/** What a row came from. */
export type RowSource = "votes" | "edit" | "regeneration";

/** A row that is to be written, but for its texts. */
export interface PlannedRow {
  readonly source: RowSource;
  readonly promptKey: string;
  /** The output, the completion, or the better one of a pair; the prompt is that of its request. */
  readonly answer: TextPlace;
  /** The worse one of a pair. */
  readonly rejected?: TextPlace;
  /** What a vote on the answer says, where the row is not a pair. */
  readonly liked: boolean;
  /** Of a row that came from an edit. */
  readonly editDistance?: number;
  readonly promptVersion: string | undefined;
  /** All in order, each once. */
  readonly requestIds: readonly string[];
  readonly feedbackIds: readonly string[];
  /** The `userDigest` of everybody whose feedback is in it. */
  readonly subjects: readonly string[];
  /** What it belongs to, of which a side of the split has all or nothing. */
  readonly groups: readonly string[];
}
