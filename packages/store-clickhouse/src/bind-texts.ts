import type { Bound } from "./clickhouse-client.ts";

/** ClickHouse takes no value of 128 KiB or more, and escapes may double a text. */
const mostBytes = 60_000;

/** Any number of texts as arrays that are small enough to be bound: the SQL of each, and their values. */
export const bindTexts = (name: string, texts: readonly string[]) => {
  const arrays: string[][] = [];
  let bytes = mostBytes;
  for (const text of texts) {
    bytes += Buffer.byteLength(text) + 3;
    if (bytes > mostBytes) {
      arrays.push([]);
      bytes = Buffer.byteLength(text) + 3;
    }
    arrays.at(-1)!.push(text);
  }
  const bound: Bound = Object.fromEntries(arrays.map((array, at) => [`${name}_${at}`, array]));
  return { lists: Object.keys(bound).map((key) => `{${key}:Array(String)}`), bound };
};
