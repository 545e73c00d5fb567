import {
  recordAcknowledgement,
  recordChange,
  recordEvaluation,
  recordFeedback,
  reportServiceLevels,
  type Store,
} from "@heed/core";
import { expect, test } from "vitest";
import { times, votedStore } from "../voted-store.ts";
import { describeServiceLevels } from "./describe-service-levels.ts";

const day = (date: number): Date => new Date(Date.UTC(2026, 2, date));
const now = (): Date => day(31);

/** Says something bad on a date of a request that happened the day before. */
const complain = async (store: Store, requestId: string, date: number, tenant?: string): Promise<void> => {
  const metadata = tenant === undefined ? {} : { metadata: { tenant } };
  await recordEvaluation(store, { requestId, timestamp: day(date - 1), ...metadata });
  await recordFeedback(store, { requestId, type: "explicit_rating", value: 1, timestamp: day(date) });
};

test("shows who says how much, how content they are, and how long they waited, the open ones included", async () => {
  const store = await votedStore(
    times(10, (at) => ({ metadata: { tenant: "acme" }, votes: at < 6 ? [[`u${at}`, at < 3 ? 5 : 4]] : [] })),
  );
  await complain(store, "early", 2, "acme");
  await complain(store, "late", 20, "acme");
  await complain(store, "elsewhere", 21);
  await recordChange(store, { change: "prompt v2", timestamp: day(5) });
  await recordAcknowledgement(store, { change: "prompt v2", timestamp: day(9) });

  const options = { by: "tenant", now, confidence: 0.9 };
  const text = describeServiceLevels(await reportServiceLevels(store, options), options);
  expect(text).toContain("Service levels, by tenant\n");
  expect(text).toMatch(/requests +voted +rate +90 % interval +good +of +interval\n/);
  expect(text).toMatch(/acme +12 +8 +66\.7 % +\S+ to \S+ % +75\.0 % +8 +\S+ to \S+ %\n/);
  expect(text).toMatch(/\(none\) +1 +1 +100\.0 % +\S+ to \S+ % +- +- +-\n/);
  expect(text).toMatch(/told.*\n +negative +open +oldest +median +90 % interval +90 % within\n/);
  expect(text).toMatch(/told.*\n.+\n +acme +2 +1 +11\.0 d +7\.0 d +7\.0 d to - +-\n/);
  expect(text).toMatch(/changed after it\n.+\n +acme +2 +1 +11\.0 d +3\.0 d +3\.0 d to - +-\n/);
  expect(text).toMatch(/changed after it\n.+\n.+\n +\(none\) +1 +1 +10\.0 d +- +- +-\n/);
  expect(text).toContain("Counted are all logged requests: nothing was recorded as seen.");
});

test("without a label there is one row, and without requests none", async () => {
  const store = await votedStore([{ votes: [["u", 3]] }]);
  expect(describeServiceLevels(await reportServiceLevels(store, { now }))).toMatch(
    /^Service levels\n.+\n +all +1 +1 +100\.0 %.+Requests left out: 1 neither good nor bad/s,
  );
  const none = await reportServiceLevels(await votedStore([]), { now });
  expect(describeServiceLevels(none)).toBe("Service levels\nNot enough data: no request was logged.\n");
});
