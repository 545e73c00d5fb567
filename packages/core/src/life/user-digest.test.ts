import { expect, test } from "vitest";
import { userDigest } from "./user-digest.ts";

test("a digest is the same wherever and whenever it is made", () => {
  // printf 'heed erased user\0user-1' | sha256sum
  expect(userDigest("user-1")).toBe("62167481b5f06060022528fec5efd227d21e2e689ea751ab7730a655b00c6999");
});

test("two users have two digests, also where their ids are no plain ASCII", () => {
  const userIds = ["user-1", "user-10", "", "ü", "u\u0308", "\u{1F600}"];
  expect(new Set(userIds.map(userDigest)).size).toBe(userIds.length);
});
