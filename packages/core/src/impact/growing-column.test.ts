import fc from "fast-check";
import { expect, test } from "vitest";
import { growingColumn } from "./growing-column.ts";

test("gives back what was pushed, in order", () => {
  fc.assert(
    fc.property(fc.float64Array({ maxLength: 5_000 }), (given) => {
      const column = growingColumn();
      for (const value of given) column.push(value);
      expect(column.values()).toEqual(given);
    }),
    { numRuns: 30 },
  );
});
