/** What an export could not use, and why. */
export interface Dropped {
  /** Requests with feedback that has no consent to this use. */
  readonly noConsent: number;
  /** Requests without a prompt or an output. */
  readonly noText: number;
  /** Requests whose prompt is a conversation that training tools refuse: see `exportDataset`. */
  readonly unusableConversation: number;
  /** Requests named in `exclude`, and those with the prompt of one of them. */
  readonly excluded: number;
  /** Events named in `flagged`, and edits of users who have such an event. */
  readonly flagged: number;
  /** Outputs of one prompt whose human score is the threshold, which says neither. */
  readonly neutral: number;
  /**
   * Edits that nobody accepted: neither committed, nor was the output sent, copied or accepted. As answers to learn from,
   * all that were not committed.
   */
  readonly editNotAccepted: number;
  /** Edits of less than 2 % of the tokens, those of white space and case alone among them. */
  readonly editTooSmall: number;
  /** Edits of more than 70 % of the tokens: another text rather than a better one. */
  readonly editTooLarge: number;
  /** Pairs of a liked and a disliked output whose human scores are less than `minimumGap` apart. */
  readonly smallGap: number;
  /** Pairs of which there is the reverse too; both are left out. */
  readonly contradictory: number;
  /** Rows that say what another row says. */
  readonly duplicate: number;
  /** Rows beyond `maxPerUser`. */
  readonly overUserLimit: number;
  /** Rows of the validation side that share a group or a prompt with the training side. */
  readonly acrossSides: number;
  /** Rows whose text is a template or a file name to Promptfoo. */
  readonly template: number;
  /** Rows whose texts were removed or changed while the export ran. */
  readonly changedMeanwhile: number;
}

/** A count of each reason, to add to. */
export type DroppedCounts = { -readonly [Reason in keyof Dropped]: Dropped[Reason] };

export const nothingDropped = (): DroppedCounts => ({
  noConsent: 0,
  noText: 0,
  unusableConversation: 0,
  excluded: 0,
  flagged: 0,
  neutral: 0,
  editNotAccepted: 0,
  editTooSmall: 0,
  editTooLarge: 0,
  smallGap: 0,
  contradictory: 0,
  duplicate: 0,
  overUserLimit: 0,
  acrossSides: 0,
  template: 0,
  changedMeanwhile: 0,
});
