import { expect, test } from "vitest";
import { describeLeftOut } from "./describe-left-out.ts";

test("names what is lacking where something is, and says so where nothing is", () => {
  expect(
    describeLeftOut([
      [1_200, "without a vote"],
      [0, "without the score"],
      [3, "never logged"],
    ]),
  ).toBe("Requests left out: 1,200 without a vote, 3 never logged.");
  expect(describeLeftOut([[0, "without a vote"]], "vote")).toBe("No vote of the period was left out.");
});
