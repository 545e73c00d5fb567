import { flagSuspiciousFeedback, memoryStore, recordFeedback } from "@heed/core";
import type { FeedbackEventInput } from "@heed/schema";
import { expect, test } from "vitest";
import { times } from "../voted-store.ts";
import { describeSuspicion } from "./describe-suspicion.ts";

const at = (minutes: number): Date => new Date(Date.UTC(2026, 2, 1, 9, minutes));

test("shows how much is flagged and why, the bursts with an example, and the users out of line", async () => {
  const store = memoryStore();
  await recordFeedback(
    store,
    times(
      6,
      (place): FeedbackEventInput => ({
        type: "explicit_text_comment",
        value: `Never trust this assistant,\nit made everything up ${place}`,
        requestId: `r${place}`,
        timestamp: at(place),
        ...(place < 5 && { userId: "ada" }),
      }),
    ),
  );
  for (const user of times(12, (place) => `user-${place}`))
    await recordFeedback(
      store,
      times(
        20,
        (place): FeedbackEventInput => ({
          type: "explicit_rating",
          value: user === "user-0" ? 1 : 4,
          requestId: `r${place}`,
          userId: user === "user-0" ? "o\u2028dd" : user,
          timestamp: at(place),
        }),
      ),
    );
  expect(describeSuspicion(await flagSuspiciousFeedback(store))).toBe(
    `Feedback that should not count in full
Flagged: 6 of 6 comments (100.0 %, 95 % interval 61.0 to 100.0 %), 20 of 240 votes (8.3 %, 95 % interval 5.5 to 12.5 %).
In bursts of near-duplicate comments: 6; at machine speed: 0; of users out of line: 20.

Bursts of near-duplicate comments, each with its votes to be counted as one for every author:

  6 comments (1 user, 1 without a name), 2026-03-01 09:00 to 2026-03-01 09:05
    Never trust this assistant,\uFFFDit made everything up 0

Users out of line with what others say of the same requests, by points beyond what is usual:
  user  requests  way      points        z        q
  o\uFFFDdd        20  harsher  -3.273  -29.272  6.9e-16

Users compared with others: 12.
Nothing was deleted: --json has the ids, and what each should count for.
`,
  );
});

test("says that there is nothing, too little, or what could not be looked at", async () => {
  const store = memoryStore();
  const rate = (count: number) =>
    recordFeedback(
      store,
      times(
        count,
        (place): FeedbackEventInput => ({ type: "explicit_rating", value: 4, requestId: `r${place}` }),
      ),
    );
  await rate(4);
  expect(describeSuspicion(await flagSuspiciousFeedback(store))).toContain(
    "Not enough data: 4 votes and comments, of 5 needed.",
  );
  await rate(4);
  const none = describeSuspicion(await flagSuspiciousFeedback(store));
  expect(none).toContain("Flagged: 0 of 0 comments, 0 of 8 votes (0.0 %, 95 % interval 0.0 to 32.4 %).");
  expect(none).toContain("Too few users share enough requests with others to be compared.");
  for (const userId of times(10, (place) => `user-${place}`))
    await recordFeedback(
      store,
      times(
        5,
        (place): FeedbackEventInput => ({
          type: "explicit_rating",
          value: 4,
          requestId: `r${place}`,
          userId,
          timestamp: at(0),
        }),
      ),
    );
  expect(describeSuspicion(await flagSuspiciousFeedback(store))).toContain(
    "The times of votes cannot be used",
  );
});
