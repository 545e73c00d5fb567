import { expect, test } from "vitest";
import { votingOf } from "./voting-of.ts";

const client = () => ({ record: () => expect.unreachable() });

test("a client has one voting for each request, and shares none with another client", () => {
  const one = client();
  expect(votingOf(one, "req-1")).toBe(votingOf(one, "req-1"));
  expect(votingOf(one, "req-1")).not.toBe(votingOf(one, "req-2"));
  expect(votingOf(one, "req-1")).not.toBe(votingOf(client(), "req-1"));
});
