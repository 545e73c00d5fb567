import { expect, test } from "vitest";
import { requireChoice } from "./check-options.ts";

test("only what there is to choose passes, and what was asked for does not enter the message", () => {
  expect(() => requireChoice("level", "nominal", ["nominal", "ordinal"])).not.toThrow();
  for (const wrong of ["Nominal", "", "toString"])
    expect(() => requireChoice("level", wrong, ["nominal", "ordinal"])).toThrow(
      expect.objectContaining({ code: "INVALID_QUERY", message: "level is none of nominal, ordinal" }),
    );
});
