import type { EvaluationRecord } from "@heed/schema";
import fc from "fast-check";
import { expect, test } from "vitest";
import { byTime } from "../time-order.ts";
import { foldRequest } from "./fold-request.ts";

const part = (time: number, fields: Partial<EvaluationRecord> = {}, id = time): EvaluationRecord => ({
  requestId: "req-1",
  ...fields,
  id: `01ARZ3NDEKTSV4RRFF${String(id).padStart(8, "0")}`,
  timestamp: new Date(Date.UTC(2026, 0, 1) + time),
});

const maybe = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined });

/** Parts of one request, some fields absent and some given as `undefined`. */
const parts = fc
  .array(
    fc.tuple(
      fc.nat(4),
      fc.record(
        {
          prompt: maybe("", "why?"),
          output: maybe("because", "for a reason"),
          model: maybe("small", "large"),
          promptVersion: maybe("v1", "v2"),
          evaluator: maybe({ name: "judge" }, { name: "judge", version: "2" }),
          evalScores: fc.option(
            fc.dictionary(fc.constantFrom("overall", "style", "toString"), fc.integer({ min: 0, max: 9 })),
            { nil: undefined },
          ),
          metadata: fc.option(
            fc.dictionary(fc.constantFrom("userCohort", "valueOf"), fc.constantFrom("new", "", 0, false)),
            { nil: undefined },
          ),
        },
        { requiredKeys: [] },
      ),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((all) => all.map(([time, fields], id) => part(time, fields as Partial<EvaluationRecord>, id)));

test("order and repetition of the parts change nothing", () => {
  const replayed = parts.chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
    ),
  );
  fc.assert(
    fc.property(replayed, ([once, again]) => {
      expect(foldRequest(again)).toStrictEqual(foldRequest(once));
    }),
  );
});

test("each score is the latest of its name, and every other field the earliest that was given", () => {
  fc.assert(
    fc.property(parts, (all) => {
      const inOrder = all.toSorted(byTime);
      const folded = foldRequest(all);
      expect(folded.requestId).toBe("req-1");
      expect(folded.timestamp).toEqual(inOrder[0]!.timestamp);
      for (const field of ["prompt", "output", "model", "promptVersion", "evaluator"] as const)
        expect(folded[field]).toEqual(inOrder.find((record) => record[field] !== undefined)?.[field]);
      for (const name of ["overall", "style", "toString"]) {
        const last = inOrder.findLast(({ evalScores }) => evalScores && Object.hasOwn(evalScores, name));
        expect(Object.getOwnPropertyDescriptor(folded.evalScores, name)?.value).toBe(
          last?.evalScores?.[name],
        );
      }
      for (const key of ["userCohort", "valueOf"]) {
        const first = inOrder.find(({ metadata }) => metadata && Object.hasOwn(metadata, key));
        const got = folded.metadata && Object.getOwnPropertyDescriptor(folded.metadata, key)?.value;
        expect(got).toBe(first?.metadata?.[key]);
      }
    }),
  );
});

test("a request logged at once is as it was logged, without the id of the record", () => {
  const { id, ...logged } = part(1, {
    model: "small",
    evalScores: { overall: 0.5 },
    metadata: { userCohort: "new" },
  });
  expect(foldRequest([{ ...logged, id }])).toStrictEqual(logged);
});

test("a request without scores has none, and without metadata has no such field", () => {
  expect(foldRequest([part(1)])).toStrictEqual({
    requestId: "req-1",
    timestamp: part(1).timestamp,
    evalScores: {},
  });
});

test("of two parts of one moment the larger id is the later", () => {
  const scored = (id: number, overall: number) => part(1, { evalScores: { overall } }, id);
  expect(foldRequest([scored(2, 0.2), scored(1, 0.1)]).evalScores).toEqual({ overall: 0.2 });
});

test("a field that was given as undefined was not given", () => {
  const first = part(1, { model: undefined, metadata: undefined });
  const second = part(2, { model: "small", metadata: { userCohort: "new" } });
  expect(foldRequest([first, second])).toMatchObject({ model: "small", metadata: { userCohort: "new" } });
});
