import { encodeTime } from "ulid";
import { expect, test } from "vitest";
import { idSchema, newId, timeOfId } from "./id.ts";

const accepts = (id: unknown): boolean => idSchema.safeParse(id).success;
const firstIdOf = (time: string): string => `${encodeTime(Date.parse(time), 10)}${"0".repeat(16)}`;

test("ids rise within a process, also where many are made in one millisecond or for an earlier one", () => {
  const ids = [
    ...Array.from({ length: 2_000 }, () => newId()),
    newId(Date.now() - 60_000),
    newId(Date.now()),
    newId(),
  ];
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every(accepts)).toBe(true);
});

test("an id tells when it was minted", () => {
  const timeMs = Date.now() + 1_000;
  expect(timeOfId(newId(timeMs))).toEqual(new Date(timeMs));
  expect(timeOfId(firstIdOf("2026-01-02T03:04:05.678Z"))).toEqual(new Date("2026-01-02T03:04:05.678Z"));
});

test("an id is 26 characters of upper-case Crockford base 32", () => {
  const id = firstIdOf("2026-01-02T03:04:05.678Z");
  expect(accepts(id)).toBe(true);
  for (const letter of "ABCDEFGHJKMNPQRSTVWXYZ0123456789")
    expect(accepts(`${id.slice(0, 25)}${letter}`)).toBe(true);
  for (const letter of "ILOUilou!* é\n") expect(accepts(`${id.slice(0, 25)}${letter}`), letter).toBe(false);
  for (const other of [id.toLowerCase(), id.slice(1), `${id}0`, ` ${id}`, `${id}\n`, "", 1, null, undefined])
    expect(accepts(other)).toBe(false);
});

test("an id is minted before 2200", () => {
  const first = firstIdOf("2200-01-01T00:00:00.000Z");
  const last = `${firstIdOf("2199-12-31T23:59:59.999Z").slice(0, 10)}${"Z".repeat(16)}`;
  expect(accepts(last)).toBe(true);
  expect(accepts(first)).toBe(false);
  expect(accepts(`7${"Z".repeat(25)}`)).toBe(false);
  expect(accepts(`8${"0".repeat(25)}`)).toBe(false);
  expect(accepts("0".repeat(26))).toBe(true);
});
