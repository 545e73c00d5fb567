import { expect, test } from "vitest";
import { randomSource } from "../../stats/random-source.ts";
import { compareVotes } from "./compare-votes.ts";
import { type Judged, judgePrompt } from "./judge-prompt.ts";
import { tallyVotes, type VoteTally } from "./tally-votes.ts";

const rule = { margin: 0.02, alpha: 0.05, plannedVotes: 600 };
const needed = { votes: 100, users: 20 };

/** What the rule says of two arms that nothing but their votes speaks about. */
const verdictOn = (candidate: VoteTally, baseline: VoteTally) => {
  const judged: Judged = {
    ...compareVotes(candidate, baseline, rule),
    design: "concurrent",
    isRandomised: true,
    sampleRatio: { share: 0.5, expectedShare: 0.5, p: 1, mismatch: false },
    withFlagged: null,
    guards: [],
    slices: [],
    needed,
    have: {
      votes: Math.min(candidate.votes, baseline.votes),
      users: Math.min(candidate.users, baseline.users),
    },
  };
  return judgePrompt(judged).verdict;
};

interface Trial {
  /** Shares of good votes: of the candidate, and of the baseline. */
  readonly shares: readonly [number, number];
  readonly votesPerLook: number;
  readonly looks: number;
}

/** Whether a look reverts, in a trial where every vote is of a user of its own. */
const isReverted = ({ shares, votesPerLook, looks }: Trial, random: () => number): boolean => {
  const good = [0, 0];
  for (let look = 1; look <= looks; look++) {
    for (const [arm, share] of shares.entries())
      for (let vote = 0; vote < votesPerLook; vote++) if (random() < share) good[arm]!++;
    const votes = look * votesPerLook;
    const [candidate, baseline] = good.map((own) => ({ votes, good: own, users: votes, designEffect: 1 }));
    if (verdictOn(candidate!, baseline!) === "revert") return true;
  }
  return false;
};

test("of 2,000 candidates as good as the baseline 30 looks revert at most 5 %, however many votes are good", () => {
  const random = randomSource(1);
  let reverted = 0;
  for (let at = 0; at < 2_000; at++) {
    const share = [0.5, 0.7, 0.8, 0.9, 0.95][at % 5]!;
    const votesPerLook = at % 2 === 0 ? 20 : 60;
    if (isReverted({ shares: [share, share], votesPerLook, looks: 30 }, random)) reverted++;
  }
  expect(reverted / 2_000).toBeLessThanOrEqual(0.05);
});

test.each([
  [20, 3],
  [60, 4],
])(
  "a drop from 0.7 to 0.6 is reverted within 600 votes an arm in at least 95 %, looked at every %d votes",
  (votesPerLook, seed) => {
    const random = randomSource(seed);
    const trial = { shares: [0.6, 0.7], votesPerLook, looks: 600 / votesPerLook } as const;
    let reverted = 0;
    for (let at = 0; at < 2_000; at++) if (isReverted(trial, random)) reverted++;
    expect(reverted / 2_000).toBeGreaterThanOrEqual(0.95);
  },
);

test("a candidate that is better by five points is kept, and hardly ever reverted", () => {
  const random = randomSource(11);
  const ends = { keep: 0, revert: 0, continue: 0, hold: 0 };
  for (let trial = 0; trial < 300; trial++) {
    const tally = (share: number) => {
      let good = 0;
      for (let vote = 0; vote < 3_000; vote++) if (random() < share) good++;
      return { votes: 3_000, good, users: 3_000, designEffect: 1 };
    };
    ends[verdictOn(tally(0.75), tally(0.7))]++;
  }
  expect(ends.keep).toBeGreaterThan(280);
  expect(ends.revert).toBe(0);
});

test("a candidate that is worse by the margin is kept in at most 5 % of trials of 30 looks", () => {
  const random = randomSource(12);
  let kept = 0;
  for (let trial = 0; trial < 400; trial++) {
    const good = [0, 0];
    for (let look = 1; look <= 30; look++) {
      for (const [arm, share] of [0.68, 0.7].entries())
        for (let vote = 0; vote < 40; vote++) if (random() < share) good[arm]!++;
      const votes = 40 * look;
      const [candidate, baseline] = good.map((own) => ({ votes, good: own, users: votes, designEffect: 1 }));
      if (verdictOn(candidate!, baseline!) === "keep") {
        kept++;
        break;
      }
    }
  }
  expect(kept / 400).toBeLessThanOrEqual(0.05);
});

test("users who always vote the same count once: 30 looks at equal arms of 40 such users an arm revert at most 5 %", () => {
  const random = randomSource(13);
  let [reverted, naive] = [0, 0];
  for (let trial = 0; trial < 300; trial++) {
    // Of each user a taste of their own, of which every vote is.
    const tastes = Array.from({ length: 80 }, () => (random() < 0.5 ? 0.95 : 0.45));
    const columns = { user: [] as number[], good: [] as number[] };
    let [isReverted, isNaive] = [false, false];
    for (let look = 1; look <= 30; look++) {
      for (let vote = 0; vote < 40; vote++) {
        const user = Math.floor(random() * 80);
        columns.user.push(user);
        columns.good.push(random() < tastes[user]! ? 1 : 0);
      }
      const verdicts = {
        user: Float64Array.from(columns.user),
        good: Float64Array.from(columns.good),
      };
      const rows = [...columns.user.keys()];
      const tally = (isCandidate: boolean) =>
        tallyVotes(
          verdicts,
          rows.filter((row) => columns.user[row]! < 40 === isCandidate),
        );
      const [candidate, baseline] = [tally(true), tally(false)];
      isReverted ||= verdictOn(candidate, baseline) === "revert";
      isNaive ||= verdictOn({ ...candidate, designEffect: 1 }, { ...baseline, designEffect: 1 }) === "revert";
    }
    if (isReverted) reverted++;
    if (isNaive) naive++;
  }
  expect(reverted / 300).toBeLessThanOrEqual(0.05);
  // Taken one by one, the votes of few users prove anything.
  expect(naive / 300).toBeGreaterThan(0.1);
});

test("arms of one mind are compared, too", () => {
  const of = (good: number, votes = 200): VoteTally => ({ votes, good, users: votes, designEffect: 1 });
  expect(verdictOn(of(0), of(200))).toBe("revert");
  expect(verdictOn(of(200), of(0))).toBe("keep");
  expect(verdictOn(of(200), of(200))).toBe("continue");
  expect(compareVotes(of(0, 0), of(3, 3), rule)).toEqual({
    difference: null,
    ci: null,
    anytimeP: null,
    finding: "undecided",
  });
});
