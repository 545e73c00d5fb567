import { expect, test } from "vitest";
import { table } from "./table.ts";

test("the first column stands left, the others right, each as wide as its widest cell", () => {
  expect(
    table([
      ["", "n", "mean"],
      ["before", "1,012", "0.5"],
    ]),
  ).toBe("              n  mean\n  before  1,012   0.5\n");
});
