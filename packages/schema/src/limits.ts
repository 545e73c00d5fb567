/**
 * The limits of the wire format. A body over them is refused as a whole, an item over them by itself.
 * Characters are Unicode code points, as JSON Schema counts: never more than `String.length`.
 */
export const limits = {
  /** Items in one batch. */
  batchItems: 100,
  /** One feedback event, as JSON in UTF-8. */
  eventBytes: 32 * 1024,
  /** One evaluation record, as JSON in UTF-8: prompts and outputs are longer than votes. */
  recordBytes: 256 * 1024,
  /** A comment, in characters. */
  commentLength: 8_000,
  /** Keys of one `metadata` object. */
  metadataKeys: 32,
  /** A metadata value that is text, in characters. */
  metadataTextLength: 1_000,
  /** The size of a score: beyond it, sums of squares overflow. */
  scoreSize: 1e100,
  /** Named scores of one evaluation record. */
  scores: 64,
  /** A request id, user id, model or version, in characters. */
  nameLength: 256,
} as const;
