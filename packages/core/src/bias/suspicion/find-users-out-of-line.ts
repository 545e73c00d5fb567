import { mean, median, medianAbsoluteDeviation, sumSimple, variance } from "simple-statistics";
import { type StandingVote, scoreOf } from "../../collect/standing-votes.ts";
import { benjaminiHochberg } from "../../stats/benjamini-hochberg.ts";
import { studentTwoSidedP } from "../../stats/student-two-sided-p.ts";

export interface PeersQuery {
  readonly minVotes: number;
  readonly q: number;
}

/** A user whose votes lie far from those of others on the same requests. */
export interface UserOutOfLine {
  readonly userId: string;
  /** Requests that at least three others voted on, too. */
  readonly requests: number;
  /**
   * `contrary`: says the opposite of others, or nothing that has to do with what they say; `harsher` or `kinder`: than
   * all others.
   */
  readonly way: "contrary" | "harsher" | "kinder";
  /**
   * How far in points of the scale of 1 to 5, on average and beyond the median of the users: for `contrary` from the
   * mean of the others, less what these are from theirs; else below or above it.
   */
  readonly points: number;
  /** How many standard errors from the median of the users, the error having what users differ in anyway. */
  readonly z: number;
  /** Of the risk that it is chance. */
  readonly q: number;
}

export interface UsersOutOfLine {
  readonly verdict: "judged" | "too_few_users";
  /** Users with enough shared requests to be compared. */
  readonly compared: number;
  readonly users: readonly UserOutOfLine[];
}

/** Others on a request, so that their mean says something. */
const fewestOthers = 3;

/** Users to compare, so that their median and spread are not those of the ones to be found. */
const fewestPeers = 10;

/** The spread of one vote about others', in points, that is taken for granted: votes that all agree have none. */
const leastSpread = 0.5;

/** Points that are far; less can be certain, and yet be nothing: honest users differ more in how strict they are. */
const farPoints = { contrary: 0.4, harsher: 1, kinder: 1 };

/**
 * Finds users far out of line with their peers, by two means over the requests that they share with at least three
 * others: how far they are from the others, less how far these are from each other; and how far above or below. Each
 * mean is compared with the median of the users by a robust z, and the p-values of all go through Benjamini and
 * Hochberg.
 *
 * The error of the z joins that of the user's mean and the spread among users, which is what their median absolute
 * deviation has beyond the former, as in a random-effects model: people differ in how strict they are.
 *
 * @param standing the standing votes of each request
 */
export const findUsersOutOfLine = (
  standing: readonly (readonly StandingVote[])[],
  { minVotes, q }: PeersQuery,
): UsersOutOfLine => {
  const deviations = new Map<string, { readonly apart: number[]; readonly above: number[] }>();
  for (const votes of standing)
    for (const { userId, apart, above } of deviationsOf(votes)) {
      const own = deviations.get(userId) ?? { apart: [], above: [] };
      deviations.set(userId, own);
      own.apart.push(apart);
      own.above.push(above);
    }
  const compared = [...deviations].filter(([, { apart }]) => apart.length >= minVotes);
  if (compared.length < fewestPeers)
    return { verdict: "too_few_users", compared: compared.length, users: [] };

  const apart = robustZ(compared.map(([, own]) => own.apart));
  const above = robustZ(compared.map(([, own]) => own.above));
  // A vote is far from normal: with few of them the tails are longer, as Student's are.
  const p = (of: readonly { readonly z: number }[]): readonly number[] =>
    of.map(({ z }, at) => studentTwoSidedP(z, compared[at]![1].apart.length - 1));
  const adjusted = benjaminiHochberg([
    ...p(apart).map((twoSided, at) => (apart[at]!.z > 0 ? twoSided / 2 : 1 - twoSided / 2)),
    ...p(above),
  ]);
  const users = compared.flatMap(([userId, own], at): UserOutOfLine[] => {
    const ways = [
      { way: "contrary", ...apart[at]!, q: adjusted[at]! } as const,
      {
        way: above[at]!.z < 0 ? "harsher" : "kinder",
        ...above[at]!,
        q: adjusted[compared.length + at]!,
      } as const,
    ];
    const worst = ways
      .filter((found) => found.q <= q && Math.abs(found.points) >= farPoints[found.way])
      .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))[0];
    return worst ? [{ userId, requests: own.apart.length, ...worst }] : [];
  });
  return { verdict: "judged", compared: compared.length, users };
};

/** Of each user with a name: points from the mean of the others, beyond theirs, and points above it. */
const deviationsOf = (votes: readonly StandingVote[]) => {
  const voices = Map.groupBy(votes, ({ id, userId }) => JSON.stringify(userId ?? { anonymous: id }));
  if (voices.size <= fewestOthers) return [];
  const users = [...voices.values()].map((own) => ({
    userId: own[0]!.userId,
    score: mean(own.map(scoreOf)),
  }));
  const total = sumSimple(users.map(({ score }) => score));
  const others = users.length - 1;
  const above = users.map(({ score }) => score - (total - score) / others);
  const distances = sumSimple(above.map(Math.abs));
  return users.flatMap(({ userId }, at) => {
    const distance = Math.abs(above[at]!);
    const usual = (distances - distance) / others;
    return userId === undefined ? [] : [{ userId, apart: distance - usual, above: above[at]! }];
  });
};

/** Where the mean of each user stands among those of all, in points and in standard errors. */
const robustZ = (
  deviations: readonly (readonly number[])[],
): readonly { readonly points: number; readonly z: number }[] => {
  const means = deviations.map((own) => mean([...own]));
  const within = Math.max(leastSpread ** 2, mean(deviations.map((own) => variance([...own]))));
  const errors = deviations.map((own) => within / own.length);
  const middle = median(means);
  // Of a normal distribution the median absolute deviation is 0.6745 standard deviations.
  const total = (1.4826 * medianAbsoluteDeviation(means)) ** 2;
  const between = Math.max(0, total - median(errors));
  return means.map((own, at) => ({
    points: own - middle,
    z: (own - middle) / Math.sqrt(errors[at]! + between),
  }));
};
