import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groupOutputs } from "./group-outputs.ts";
import type { LabelledOutput } from "./read-labels.ts";
import { dealFolds, splitOutputs } from "./split-outputs.ts";

interface Told {
  readonly prompt?: string;
  readonly users?: readonly string[];
  readonly conversation?: string;
}

const output = ({ prompt, users = [], conversation }: Told, at: number): LabelledOutput => ({
  request: {
    requestId: `req-${at}`,
    timestamp: new Date(0),
    evalScores: {},
    ...(prompt !== undefined && { prompt }),
    ...(conversation !== undefined && { metadata: { conversationId: conversation } }),
  },
  humanScore: 5,
  label: 1,
  weight: 1,
  userIds: users,
  reasons: [],
});

const keys = ["user", "prompt", "conversationId"];
const many = (count: number, told: (at: number) => Told) =>
  Array.from({ length: count }, (_, at) => output(told(at), at));

describe("outputs hang together", () => {
  test("by a user, a prompt or a conversation, and by chains of them", () => {
    const others = many(60, (at) => ({ prompt: `other ${at}` }));
    const outputs = [
      output({ users: ["a"], prompt: "p" }, 100),
      output({ users: ["a", "b"], prompt: "q" }, 101),
      output({ users: ["b"], conversation: "c" }, 102),
      output({ prompt: " q ", conversation: "d" }, 103),
      output({ conversation: "d" }, 104),
      ...others,
    ];
    const { by, groups, groupOf } = groupOutputs(outputs, keys);
    expect(by).toEqual(keys);
    expect(new Set(groupOf.slice(0, 5)).size).toBe(1);
    expect(groups).toBe(61);
  });

  test("by prompts alone where every user has voted on every prompt, and this is told", () => {
    const outputs = many(130, (at) => ({ prompt: `p${at % 13}`, users: [`u${at % 11}`] }));
    expect(groupOutputs(outputs, keys)).toMatchObject({ by: ["prompt"], notSeparated: ["user"], groups: 13 });
  });

  test("by users where the prompt is one template, or there is none", () => {
    for (const prompt of ["the same", ""]) {
      const outputs = many(130, (at) => ({ prompt, users: [`u${at % 60}`] }));
      expect(groupOutputs(outputs, keys)).toMatchObject({ by: ["user"], groups: 60 });
    }
  });

  test("by nothing where nothing is known, or where everything is one", () => {
    expect(
      groupOutputs(
        many(50, () => ({})),
        keys,
      ),
    ).toMatchObject({ by: [], notSeparated: [], groups: 50 });
    const one = many(50, () => ({ prompt: "the same" }));
    expect(groupOutputs(one, keys)).toMatchObject({ by: [], notSeparated: ["prompt"], groups: 50 });
  });
});

const arbitraryOutputs = fc
  .array(
    fc.record({
      prompt: fc.integer({ min: 0, max: 60 }).map((number) => `prompt ${number}`),
      users: fc.array(fc.integer({ min: 0, max: 40 }).map(String), { maxLength: 2 }),
    }),
    { minLength: 4, maxLength: 120 },
  )
  .map((told) => told.map(output));

test("no value of the keys that separate is ever on both sides, nor in two folds", () => {
  fc.assert(
    fc.property(
      arbitraryOutputs,
      fc.integer({ min: 0, max: 99 }),
      fc.double({ min: 0.1, max: 0.5, noNaN: true }),
      (outputs, seed, holdout) => {
        const groups = groupOutputs(outputs, keys);
        const { training, heldOut } = splitOutputs(outputs, groups, { holdout, seed });
        expect([...training, ...heldOut].sort((a, b) => a - b)).toEqual([...outputs.keys()]);
        expect(heldOut.length).toBeLessThanOrEqual(outputs.length / 2);
        const folds = dealFolds(outputs, groups.groupOf, { folds: 5, seed });
        const valuesOf = (at: number): readonly string[] => {
          const { request, userIds } = outputs[at]!;
          return [
            ...(groups.by.includes("user") ? userIds.map((user) => `user ${user}`) : []),
            ...(groups.by.includes("prompt") ? [`prompt ${request.prompt}`] : []),
          ];
        };
        const seen = new Set(training.flatMap(valuesOf));
        expect(heldOut.flatMap(valuesOf).filter((value) => seen.has(value))).toEqual([]);
        for (const value of new Set([...outputs.keys()].flatMap(valuesOf))) {
          const own = [...outputs.keys()].filter((at) => valuesOf(at).includes(value));
          expect(new Set(own.map((at) => folds[at])).size).toBe(1);
        }
      },
    ),
  );
});

test("about the share that is asked for is held out, and more where that takes 24 groups", () => {
  const large = many(1_000, (at) => ({ prompt: `p${at}` }));
  const few = many(360, (at) => ({ prompt: `p${at % 60}` }));
  const heldOut = (outputs: readonly LabelledOutput[]) =>
    splitOutputs(outputs, groupOutputs(outputs, keys), { holdout: 0.3, seed: 1 }).heldOut.length;
  expect(heldOut(large)).toBe(300);
  expect(heldOut(few)).toBe(24 * 6);
});
