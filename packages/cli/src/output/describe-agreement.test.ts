import { type AgreementOptions, measureAgreement } from "@heed/core";
import { expect, test } from "vitest";
import { times, type VotedRequest, votedStore } from "../voted-store.ts";
import { describeAgreement } from "./describe-agreement.ts";

const textOf = async (requests: readonly VotedRequest[], options: AgreementOptions = {}): Promise<string> =>
  describeAgreement(await measureAgreement(await votedStore(requests), options), options);

const request = (at: number, overall: number, ...ratings: number[]): VotedRequest => ({
  evalScores: { overall },
  votes: ratings.map((rating, vote) => [`u${at}-${vote}`, rating] as const),
});

/** 20 of 24 verdicts agree, 4 votes are neutral, and one request has no score. */
const mixed = [
  ...times(12, (at) => request(at, 0.9, 5)),
  ...times(8, (at) => request(100 + at, 0.2, 1)),
  ...times(4, (at) => request(200 + at, 0.7, 2)),
  ...times(4, (at) => request(300 + at, 0.2, 3)),
  { votes: [["u", 5]] } as const,
];

test("says how far the verdicts agree, which met which, and every share with its n", async () => {
  const text = await textOf(mixed);
  expect(text).toContain('Verdicts of score "overall" against those of the votes: 24 requests with both');
  expect(text).toMatch(
    /The agreement of evaluator and users is substantial \(kappa 0\.6\d\d, 95 % interval 0\.3\d\d to 0\.9\d\d; 0 is chance/,
  );
  expect(text).toMatch(/ {10} evaluator says bad +evaluator says good\n/);
  expect(text).toMatch(/users say bad +8 +4\n/);
  expect(text).toMatch(/users say neutral +4 +0\n/);
  expect(text).toMatch(/users say good +0 +12\n/);
  expect(text).toMatch(/accuracy +83\.3 % +64\.1 to 93\.3 % +24 +both say the same\n/);
  expect(text).toMatch(/precision +75\.0 % +.+ +16 +/);
  expect(text).toContain("On 4 requests the votes are neutral, and left out.");
  expect(text).toContain("4 scores exactly at the threshold: counted as good.");
  expect(text).toContain("no request has votes of two of them");
  expect(text).toContain("Requests left out: 1 without the score.");
});

test("a neutral band has a column of its own, and kappas by steps", async () => {
  const text = await textOf(mixed, { evaluatorNeutral: [0.5, 0.8] });
  expect(text).toMatch(/evaluator says bad +evaluator says neutral +evaluator says good\n/);
  expect(text).toMatch(
    /Kappa by the steps between bad, neutral and good: linear 0\.\d{3} \(.+\), quadratic 0/,
  );
});

test("how far users agree with each other stands beside it, with what that means", async () => {
  const alike = await textOf(
    times(40, (at) => (at % 2 ? request(at, 0.9, 5, at % 6 === 1 ? 1 : 4, 5) : request(at, 0.2, 1, 2))),
  );
  expect(alike).toMatch(
    /Users agree with each other by Krippendorff's alpha 0\.\d{3}, 95 % interval 0\.\d{3} to 0\.\d{3}, on 40 requests that several users voted on; of their verdicts, to compare with kappa, 0\.\d{3} \(/,
  );
  expect(alike).toContain("these votes could hardly show a better one");
  const torn = await textOf(times(40, (at) => request(at, at % 3 ? 0.9 : 0.2, 1, 5, at % 2 ? 5 : 1)));
  expect(torn).toContain("there is little here to agree with");
});

test("no agreement beyond chance, and contradiction, are called so", async () => {
  const chance = times(40, (at) => request(at, at % 2 ? 0.9 : 0.1, at % 4 < 2 ? 5 : 1));
  expect(await textOf(chance)).toContain("No clear agreement");
  const opposite = times(40, (at) => request(at, at % 2 ? 0.9 : 0.1, at % 2 === 0 || at < 3 ? 5 : 1));
  expect(await textOf(opposite)).toContain("The evaluator contradicts the users");
});

test("says what is missing when there is too little, or no difference to speak of", async () => {
  expect(await textOf([])).toContain(
    "Not enough data: 10 requests with both verdicts are needed, and there are 0.",
  );
  const happy = times(20, (at) => request(at, at % 2 ? 0.9 : 0.1, 5));
  expect(await textOf(happy)).toContain("Nothing to compare: the votes say the same of every request.");
});
