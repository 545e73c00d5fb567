import { visitorPrefix } from "@heed/schema";
import { foldStanding, type StandingVote, scoreOf } from "../../collect/standing-votes.ts";
import { scanRequests } from "../../requests/scan-requests.ts";
import type { Store } from "../../store.ts";
import { byTime } from "../../time-order.ts";
import type { FeedbackBehind } from "./gather-feedback.ts";
import { readEvents, voteTypes } from "./read-events.ts";

/**
 * `shaped_a_change`: voted on an output that a change came from, against it or, beside others, for it.
 * `foresees_consensus`: mostly voted as the users after them did, on outputs that were found good as well as on
 * outputs that were found bad, in several weeks of each.
 */
export type Badge = "shaped_a_change" | "foresees_consensus";

/** What a user can be thanked for beyond the single change. Nothing in it counts feedback. */
export interface Recognition {
  readonly userId: string;
  readonly badges: readonly Badge[];
  /** The longest run of weeks, Monday to Sunday in UTC, with a vote that shaped a change; a week counts once. */
  readonly streakWeeks: number;
}

interface RecognitionQuery {
  readonly humanThreshold: number;
  readonly since: Date | undefined;
}

/**
 * Recognises the users whose feedback was useful. More of the same in the same weeks earns nothing, and neither does
 * the direction of a vote: what counts is whether others agree, whichever way.
 */
export const recogniseUsefulness = async (
  store: Store,
  gathered: readonly FeedbackBehind[],
  query: RecognitionQuery,
): Promise<readonly Recognition[]> => {
  const shaped = weeksOfShapers(gathered, query);
  const foreseers = await findForeseers(store, query);
  return [...new Set([...shaped.keys(), ...foreseers])].sort().map((userId) => {
    const weeks = shaped.get(userId);
    return {
      userId,
      badges: [
        ...(weeks ? (["shaped_a_change"] as const) : []),
        ...(foreseers.has(userId) ? (["foresees_consensus"] as const) : []),
      ],
      streakWeeks: weeks ? longestRun(weeks) : 0,
    };
  });
};

const weeksOfShapers = (gathered: readonly FeedbackBehind[], { humanThreshold }: RecognitionQuery) => {
  const weeks = new Map<string, Set<number>>();
  for (const { votes, stood } of gathered) {
    const favourable = stood.filter((vote) => scoreOf(vote) > humanThreshold && isOfUser(vote));
    // A lone vote for what others complain of shaped nothing.
    const supported = new Set(favourable.map(({ userId }) => userId)).size > 1 ? favourable : [];
    for (const vote of [...votes.filter(isOfUser), ...supported]) {
      const own = weeks.get(vote.userId!) ?? new Set();
      weeks.set(vote.userId!, own.add(weekOf(vote)));
    }
  }
  return weeks;
};

/** Users after a vote who make a consensus, if most of them agree. */
const fewestLater = 2;
/** Weeks with votes on outputs found good, and as many with votes on outputs found bad. */
const fewestWeeks = 2;
/** Share of those weeks, of either kind, in which most votes were with the consensus. */
const leastAgreement = 0.75;

/**
 * The users who foresee the consensus. Weeks are what is counted, so that volume earns nothing; outputs found good and
 * outputs found bad are counted apart, so that always voting the same way earns nothing.
 */
const findForeseers = async (
  store: Store,
  { humanThreshold, since }: RecognitionQuery,
): Promise<ReadonlySet<string>> => {
  const shared: string[] = [];
  for await (const { requestIds, timestampMs, eachVote } of scanRequests(store, {
    votedOnly: true,
    eachVote: true,
    since,
  })) {
    for (const [at, requestId] of requestIds.entries()) {
      const users = new Set(eachVote[at]!.flatMap(({ userId }) => userId ?? []));
      if (!Number.isNaN(timestampMs[at]) && users.size > fewestLater) shared.push(requestId);
    }
  }

  /** For each user: how many votes of each week were with a consensus of good, or of bad, and how many there were. */
  const cells = new Map<string, Map<string, { isGood: boolean; agreed: number; judged: number }>>();
  for await (const [, events] of readEvents(store, shared, voteTypes)) {
    let [good, bad] = [0, 0];
    for (const { vote, isGood } of verdictsOf(foldStanding(events).votes, humanThreshold).reverse()) {
      if (good + bad >= fewestLater && good !== bad) {
        const own = cells.get(vote.userId!) ?? new Map();
        cells.set(vote.userId!, own);
        const key = `${weekOf(vote)} ${good > bad}`;
        const cell = own.get(key) ?? { isGood: good > bad, agreed: 0, judged: 0 };
        own.set(key, cell);
        cell.judged++;
        if (isGood === good > bad) cell.agreed++;
      }
      if (isGood) good++;
      else bad++;
    }
  }

  const isForeseer = (weeks: readonly { isGood: boolean; agreed: number; judged: number }[]): boolean =>
    [true, false].every((side) => {
      const own = weeks.filter(({ isGood }) => isGood === side);
      const agreeing = own.filter(({ agreed, judged }) => 2 * agreed > judged).length;
      return own.length >= fewestWeeks && agreeing >= leastAgreement * own.length;
    });
  return new Set([...cells].flatMap(([userId, own]) => (isForeseer([...own.values()]) ? userId : [])));
};

/** What each user says of one output, good or bad, by their latest vote that says either; earliest first. */
const verdictsOf = (votes: readonly StandingVote[], humanThreshold: number) => {
  const latest = new Map<string, StandingVote>();
  for (const vote of votes)
    if (isOfUser(vote) && scoreOf(vote) !== humanThreshold) latest.set(vote.userId!, vote);
  return [...latest.values()].sort(byTime).map((vote) => ({ vote, isGood: scoreOf(vote) > humanThreshold }));
};

/** Anybody can be as many visitors as they like. */
const isOfUser = ({ userId }: StandingVote): boolean =>
  userId !== undefined && !userId.startsWith(visitorPrefix);

/** Weeks since the Monday before 1970. */
const weekOf = ({ timestamp }: StandingVote): number =>
  Math.floor((timestamp.getTime() / 86_400_000 + 3) / 7);

const longestRun = (weeks: ReadonlySet<number>): number => {
  let [longest, run, last] = [0, 0, Number.NaN];
  for (const week of [...weeks].sort((a, b) => a - b)) {
    run = week === last + 1 ? run + 1 : 1;
    longest = Math.max(longest, run);
    last = week;
  }
  return longest;
};
