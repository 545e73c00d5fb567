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

test("columns that are named stand to the left, and no line ends in spaces", () => {
  expect(
    table(
      [
        ["", "n", "says"],
        ["overall", "1,012", "with"],
        ["b", "5", "unclear"],
      ],
      [0, 2],
    ),
  ).toBe("               n  says\n  overall  1,012  with\n  b            5  unclear\n");
});
