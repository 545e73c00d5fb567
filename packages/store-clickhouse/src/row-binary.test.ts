import { expect, test } from "vitest";
import { rowBinary } from "./row-binary.ts";

test("texts come after their lengths, numbers as eight bytes, and what may be absent after a byte", () => {
  const columns = [
    ["id", "String"],
    ["reason", "Nullable(String)"],
    ["timestamp_ms", "Int64"],
    ["written_by", "UInt64"],
  ] as const;
  const rows = [
    ["é", null, 1, 2n ** 64n - 1n],
    ["", "x".repeat(200), 2 ** 40 + 3, 0n],
  ];
  expect(rowBinary(columns, rows)).toEqual(
    Buffer.concat([
      Buffer.from([2, 0xc3, 0xa9, 1, 1, 0, 0, 0, 0, 0, 0, 0, ...Array<number>(8).fill(255)]),
      Buffer.from([0, 0, 200, 1]),
      Buffer.from("x".repeat(200)),
      Buffer.from([3, 0, 0, 0, 0, 1, 0, 0, ...Array<number>(8).fill(0)]),
    ]),
  );
});
