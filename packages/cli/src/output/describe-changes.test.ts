import { listChanges, memoryStore, recordChange } from "@heed/core";
import { expect, test } from "vitest";
import { describeChanges } from "./describe-changes.ts";

test("lists changes with their times, whom they were made for and why, and nothing that steers a terminal", async () => {
  const store = memoryStore();
  await recordChange(store, {
    change: "prompt v2",
    timestamp: new Date("2026-03-15T09:30:00Z"),
    reason: `too long\u001B[2J${"x".repeat(100)}`,
    segment: { label: "topic", value: "refunds" },
  });
  await recordChange(store, { change: "small model", timestamp: new Date("2026-03-01") });
  expect(describeChanges(await listChanges(store))).toBe(
    `2 changes, in UTC. What one did: heed analyze impact --change NAME --before TIME --after TIME

  2026-03-01 00:00  small model
  2026-03-15 09:30  prompt v2
                    made for  topic=refunds
                    reason    too long\uFFFD[2J${"x".repeat(57)}…
`,
  );
});

test("that there is none is said, with how to record one", () => {
  expect(describeChanges([])).toBe(
    "No change is recorded. Record one: heed change NAME --store STORE --at TIME\n",
  );
});
