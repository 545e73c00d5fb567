import { expect, test } from "vitest";
import { twoProportionTest } from "../stats/two-proportion-test.ts";
import { wilsonInterval } from "../stats/wilson-interval.ts";
import { compareWithAudits } from "./compare-with-audits.ts";

const shareOf = (good: number, n: number) => ({ share: good / n, ci: wilsonInterval(good, n)!, n });

test("for two plain shares it is Newcombe's interval of their difference", () => {
  const answer = compareWithAudits(shareOf(20, 60), shareOf(70, 100), []);
  const { difference, ci } = twoProportionTest(20, 60, 70, 100);
  expect(answer).toMatchObject({
    verdict: "detected",
    correctableByWeighting: false,
    bothJudged: { n: 0, agreed: 0 },
  });
  if (!("ci" in answer)) return;
  expect(answer.difference).toBeCloseTo(difference!, 14);
  expect(answer.ci[0]).toBeCloseTo(ci![0], 12);
  expect(answer.ci[1]).toBeCloseTo(ci![1], 12);
});

test("voters who are happier than auditors are told of as well, and a difference within its interval is not", () => {
  expect(compareWithAudits(shareOf(50, 60), shareOf(40, 100), [])).toMatchObject({ verdict: "detected" });
  expect(compareWithAudits(shareOf(36, 60), shareOf(55, 100), [])).toMatchObject({ verdict: "not_detected" });
});

test("those that both judged are counted, without those on which users have no verdict", () => {
  const audit = (good: 0 | 1, verdict: number, at: number) => ({
    requestId: `req-${at}`,
    good,
    verdict,
    score: 0.5,
    voted: true,
  });
  const audits = [audit(1, 1, 0), audit(0, 1, 1), audit(0, 0, 2), audit(1, Number.NaN, 3)];
  expect(compareWithAudits(shareOf(5, 9), shareOf(5, 9), audits)).toMatchObject({
    bothJudged: { n: 3, agreed: 2 },
  });
});
