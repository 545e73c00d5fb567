import { expect, test } from "vitest";
import { type Line, readLines } from "./read-lines.ts";

/** The lines of a text that arrives in chunks of the given size. */
const linesOf = (source: string | Uint8Array, chunkBytes: number, maxBytes = 100): Promise<Line[]> => {
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  return Array.fromAsync(readLines(chunks(), maxBytes));
};

test.each([1, 2, 3, 7, 1_000])("chunks of %i bytes change nothing", async (chunkBytes) => {
  const lines = await linesOf("\uFEFFone\r\n\ntwo ü 漢\nthree", chunkBytes);
  expect(lines).toEqual([
    { number: 1, text: "one" },
    { number: 2, text: "" },
    { number: 3, text: "two ü 漢" },
    { number: 4, text: "three" },
  ]);
});

test("a line end at the end begins no further line", async () => {
  expect(await linesOf("one\n", 10)).toEqual([{ number: 1, text: "one" }]);
  expect(await linesOf("", 10)).toEqual([]);
});

test.each([1, 8, 1_000])(
  "a line over the limit is told of and skipped, in chunks of %i",
  async (chunkBytes) => {
    const lines = await linesOf(`${"x".repeat(101)}\n${"y".repeat(100)}\n${"z".repeat(5_000)}`, chunkBytes);
    expect(lines).toEqual([
      { number: 1, problem: "too long" },
      { number: 2, text: "y".repeat(100) },
      { number: 3, problem: "too long" },
    ]);
  },
);

test("bytes that are not UTF-8 spoil their own line only", async () => {
  const lines = await linesOf(Uint8Array.of(0x61, 0x0a, 0xff, 0xfe, 0x0a, 0x62), 2);
  expect(lines).toEqual([
    { number: 1, text: "a" },
    { number: 2, problem: "not UTF-8" },
    { number: 3, text: "b" },
  ]);
});

test("a byte order mark is dropped from the first line alone", async () => {
  expect(await linesOf("\uFEFFa\n\uFEFFb", 4)).toEqual([
    { number: 1, text: "a" },
    { number: 2, text: "\uFEFFb" },
  ]);
});
