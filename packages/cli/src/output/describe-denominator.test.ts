import { expect, test } from "vitest";
import { describeDenominator } from "./describe-denominator.ts";

test("says which requests count, and why", () => {
  expect(describeDenominator({ used: "exposed", why: "exposures_cover_votes", coverage: 0.953 })).toBe(
    "Counted are the requests that were seen: the pages recorded what was seen, for 95.3 % of the voted requests.",
  );
  expect(describeDenominator({ used: "logged", why: "exposures_miss_votes", coverage: 0.2 })).toContain(
    "all logged requests: what was seen was recorded for 20.0 %",
  );
  expect(describeDenominator({ used: "logged", why: "no_votes", coverage: null })).toContain("without votes");
});
