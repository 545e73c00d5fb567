import type { EvaluationRecord } from "@heed/schema";

/** Records in ClickHouse's format RowBinary: id, request, time as Int64, scores, model, version, metadata. */
export const rowBinary = (records: readonly EvaluationRecord[]): Buffer<ArrayBuffer> => {
  const texts = records.map(({ id, requestId, evalScores, model, promptVersion, metadata }) =>
    [id, requestId, JSON.stringify(evalScores), model!, promptVersion!, JSON.stringify(metadata)].map(
      (text) => Buffer.from(text),
    ),
  );
  // A length takes at most five bytes.
  const most = texts.flat().reduce((sum, { length }) => sum + length + 5, 8 * records.length);
  const buffer = Buffer.alloc(most);
  let at = 0;
  const write = (text: Buffer): void => {
    let { length } = text;
    for (; length > 127; length >>>= 7) buffer[at++] = (length & 127) | 128;
    buffer[at++] = length;
    at += text.copy(buffer, at);
  };
  for (const [row, [id, requestId, ...others]] of texts.entries()) {
    write(id!);
    write(requestId!);
    at = buffer.writeBigInt64LE(BigInt(records[row]!.timestamp.getTime()), at);
    for (const other of others) write(other);
  }
  return buffer.subarray(0, at);
};
