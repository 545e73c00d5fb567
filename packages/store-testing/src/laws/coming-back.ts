import { expect } from "vitest";
import { byId, collectionsOf } from "../collections.ts";
import { arbitraryChanges, arbitraryEvents, arbitraryRecords } from "../data/arbitrary-items.ts";
import { awkwardTexts } from "../data/awkward-texts.ts";
import { day, type Item } from "../data/make-items.ts";
import type { Lab } from "../lab.ts";
import type { Laws } from "../laws.ts";

/** Appends items to each collection, and expects all of them back as they were, and known again. */
const expectBack = async (
  { open }: Lab,
  items: Readonly<Record<"feedback" | "evaluations" | "changes", readonly Item[]>>,
) => {
  for (const { name, append, readAll } of collectionsOf(await open())) {
    const own = items[name];
    expect(await append(own), name).toEqual(own.map(() => "stored"));
    expect(await readAll(), name).toStrictEqual(byId(own));
    expect(await append(own), name).toEqual(own.map(() => "duplicate"));
  }
};

/** Doubles that lose something in decimal text, in single precision, or as integers. */
const numbers = [
  0,
  1 / 3,
  0.1 + 0.2,
  -1e100,
  1e100,
  5e-324,
  2.2250738585072014e-308,
  Number.MAX_SAFE_INTEGER,
  -Number.MAX_SAFE_INTEGER,
  2 ** 53 + 2,
  1e21,
  123456789.12345679,
];

const moments = [
  0,
  1,
  999,
  Date.UTC(2026, 1, 28, 23, 59, 59, 999),
  Date.UTC(2026, 2, 29, 1, 30, 0, 1),
  2 ** 31 * 1_000 + 1,
  Date.UTC(2200, 0, 1) - 1,
];

const longText = (bytes: number): string => "0123456789abcdé\n".repeat(bytes / 16);

export const comingBack = {
  "what was appended comes back deeply equal, and is a duplicate of itself": async (lab) => {
    const amount = { min: 20, max: 40 };
    const all = [
      lab.samples(arbitraryEvents(amount)),
      lab.samples(arbitraryRecords(amount)),
      lab.samples(arbitraryChanges(amount)),
    ] as const;
    for (const [at, feedback] of all[0].entries())
      await expectBack(lab, { feedback, evaluations: all[1][at]!, changes: all[2][at]! });
  },

  "an absent field differs from an empty one": async ({ open }) => {
    const empty = {
      feedback: { metadata: {} },
      evaluations: { prompt: "", output: "", metadata: {}, evalScores: {} },
      changes: { reason: "", metadata: {} },
    };
    for (const { name, make, append, readAll } of collectionsOf(await open())) {
      const items = [make(1), make(2, empty[name])];
      await append(items);
      expect(await readAll()).toStrictEqual(items);
      expect(await append([make(1, empty[name]), make(2)])).toEqual(["conflict", "conflict"]);
    }
  },

  "numbers come back to the last digit": async ({ open }) => {
    for (const { name, make, append, readAll } of collectionsOf(await open())) {
      const items = [
        ...numbers.map((number, n) =>
          make(n, {
            metadata: { number },
            ...(name === "evaluations" && { evalScores: { overall: number } }),
          }),
        ),
        make(90, { metadata: { largest: Number.MAX_VALUE, least: -Number.MAX_VALUE } }),
        ...(name === "feedback"
          ? [
              make(91, { type: "explicit_rating", value: 10 / 3 }),
              make(92, { type: "implicit_usage", value: "copied", share: 0.1 + 0.2 }),
              make(93, {
                type: "implicit_exposure",
                value: { visibleMs: Number.MAX_SAFE_INTEGER, activeMs: 0.001 },
              }),
            ]
          : []),
      ];
      await append(items);
      expect(await readAll()).toStrictEqual(items);
    }
  },

  "times come back to the millisecond, from 1970 up to 2200": async ({ open }) => {
    for (const { make, append, readAll } of collectionsOf(await open())) {
      const items = moments.map((timeMs, n) => make(n, { timestamp: new Date(timeMs) }));
      await append(items);
      expect(await readAll()).toStrictEqual(items);
    }
  },

  "a text of 64 KB comes back whole": async (lab) => {
    const [feedback, evaluations, changes] = collectionsOf(await lab.open());
    await expectBack(lab, {
      // Events are limited to 32 KB.
      feedback: [
        feedback.make(1, {
          type: "implicit_edit",
          value: {
            similarity: 0,
            containment: 0,
            lengthRatio: 1,
            sampledAfterMs: 1,
            text: longText(24 * 1024),
          },
        }),
      ],
      evaluations: [evaluations.make(1, { prompt: longText(64 * 1024), output: longText(64 * 1024) })],
      changes: [changes.make(1, { reason: longText(8_000) })],
    });
  },

  "a hostile text is a value like any other, in every field": async (lab) => {
    const texts = (make: (text: string, n: number) => Item) => awkwardTexts.map(make);
    const [feedback, evaluations, changes] = collectionsOf(await lab.open());
    await expectBack(lab, {
      feedback: [
        ...texts((text, n) => feedback.make(n, { requestId: text, userId: text, metadata: { text } })),
        ...texts((value, n) => feedback.make(100 + n, { type: "explicit_text_comment", value })),
      ],
      evaluations: texts((text, n) =>
        evaluations.make(n, {
          requestId: text,
          prompt: text,
          output: text,
          evaluator: { name: text, version: text },
          model: text,
          promptVersion: text,
          metadata: { text, constructor_: text },
        }),
      ),
      changes: texts((text, n) =>
        changes.make(n, {
          change: text,
          reason: text,
          segment: { label: "topic", value: text },
          metadata: { text },
        }),
      ),
    });
  },

  "a caller who changes an output changes nothing in the store": async ({ open }) => {
    for (const { make, append, readAll } of collectionsOf(await open())) {
      const item = make(1, { metadata: { userCohort: "new" }, timestamp: day(1) });
      await append([item]);
      const [output] = await readAll();
      output!.timestamp.setTime(0);
      output!.metadata!.userCohort = "old";
      expect(await readAll()).toEqual([make(1, { metadata: { userCohort: "new" } })]);
    }
  },
} satisfies Laws;
