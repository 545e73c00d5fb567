import fc from "fast-check";
import { expect, test } from "vitest";
import { nothingDropped } from "./dropped.ts";
import type { PlannedRow } from "./planned-row.ts";
import { splitRows } from "./split-rows.ts";

const row = (groups: readonly string[], promptKey: string): PlannedRow => ({
  source: "votes",
  promptKey,
  answer: { requestId: "r", key: "k" },
  liked: true,
  promptVersion: undefined,
  requestIds: ["r"],
  feedbackIds: [],
  subjects: [],
  groups,
});

const groups = fc.uniqueArray(
  fc.integer({ min: 0, max: 30 }).map((at) => `user ${at}`),
  {
    minLength: 1,
    maxLength: 3,
  },
);
const rows = fc.array(
  fc.tuple(groups, fc.integer({ min: 0, max: 30 }).map(String)).map((own) => row(...own)),
  {
    minLength: 1,
    maxLength: 60,
  },
);
const options = fc.record({
  holdout: fc.double({ min: 0, max: 0.99, noNaN: true }),
  seed: fc.maxSafeInteger(),
});

const keysOf = (side: readonly PlannedRow[]): ReadonlySet<string> =>
  new Set(side.flatMap((own) => [...own.groups, `prompt ${own.promptKey}`]));

test("no group and no prompt is on both sides, every row is on one or counted, and some always train", () => {
  fc.assert(
    fc.property(rows, options, (all, how) => {
      const dropped = nothingDropped();
      const { train, validation } = splitRows(all, how, dropped);
      const trained = keysOf(train);
      expect([...keysOf(validation)].filter((key) => trained.has(key))).toEqual([]);
      expect(train.length + validation.length + dropped.acrossSides).toBe(all.length);
      expect(train.length).toBeGreaterThan(0);
      if (how.holdout === 0) expect(train).toEqual(all);
    }),
    { numRuns: 1_000 },
  );
});

test("more rows move none from training to validation, nor the other way round", () => {
  fc.assert(
    fc.property(rows, rows, options, (some, more, how) => {
      const before = splitRows(some, how, nothingDropped());
      const after = splitRows([...some, ...more], how, nothingDropped());
      if (before.validation.length > 0)
        expect(before.train.every((own) => after.train.includes(own))).toBe(true);
      expect(before.validation.some((own) => after.train.includes(own))).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test("about the share that was asked for is held out", () => {
  const many = Array.from({ length: 5_000 }, (_, at) => row([`user ${at}`], `${at}`));
  const { validation } = splitRows(many, { holdout: 0.1, seed: 1 }, nothingDropped());
  // Five standard errors of a share of 5,000.
  expect(Math.abs(validation.length / 5_000 - 0.1)).toBeLessThan(5 * Math.sqrt((0.1 * 0.9) / 5_000));
});
