import { expect, test } from "vitest";
import { memoryOutbox } from "./memory-outbox.ts";

const event = (id: string, explicit = true) => ({ id, explicit, json: "{}" });

test("what waits is given oldest first until it is removed", () => {
  const outbox = memoryOutbox();
  for (const id of ["a", "b", "c"]) outbox.add(event(id));
  expect(outbox.remove("b")).toBe(true);
  expect(outbox.remove("b")).toBe(false);
  expect(outbox.waiting().map(({ id }) => id)).toEqual(["a", "c"]);
});

test("when it is full, the oldest implicit event has to go, and only then the oldest vote", () => {
  const outbox = memoryOutbox(2);
  outbox.add(event("vote"));
  outbox.add(event("dwell", false));
  expect(outbox.add(event("comment")).map(({ id }) => id)).toEqual(["dwell"]);
  outbox.remove("dwell");
  expect(outbox.add(event("rating")).map(({ id }) => id)).toEqual(["vote"]);
});
