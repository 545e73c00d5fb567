import type { StandingComment } from "../../collect/standing-votes.ts";
import { benjaminiHochberg } from "../../stats/benjamini-hochberg.ts";
import { regularizedIncompleteBeta } from "../../stats/regularized-incomplete-beta.ts";
import { lettersOf } from "../../text/min-hash.ts";
import { nearDuplicates } from "../../text/near-duplicates.ts";
import { actorOf } from "./actor-of.ts";

export interface BurstQuery {
  readonly similarity: number;
  readonly smallestCluster: number;
  readonly burstMs: number;
  readonly fewUsers: number;
  readonly q: number;
}

/** Near-duplicate comments of few authors in a short time. */
export interface CommentBurst {
  /** In order of time. */
  readonly comments: readonly StandingComment[];
  /** Different authors; those without a name are one. */
  readonly actors: number;
  /** Of the risk that honest repetition gives as many. */
  readonly q: number;
}

interface Item {
  readonly comment: StandingComment;
  readonly actor: string;
  readonly timeMs: number;
  /** What it says, without the ways to say it. */
  readonly letters: string;
}

/** From so many letters on a comment counts in full: shorter ones are often the same by chance. */
const tellingLetters = 30;

/** Copies that one author leaves on one request: a resend, or a remark on each of several sentences. */
const copyWeight = 0.2;

/** How often a text is taken to come honestly before anything is known of it, and how many comments that is worth. */
const prior = { share: 0.01, comments: 10 };

/** The least share of what a user writes meanwhile that is such comments: others write this and that. */
const mostOfTheirs = 0.8;

/**
 * Finds bursts of near-duplicate comments: at least `smallestCluster` within `burstMs`, of few authors who write little
 * else in that time, and more than these authors, and everybody, write such a comment otherwise.
 *
 * A comment counts in full from 30 letters on, and below by the square of its share of them; a copy by the same author
 * on the same request as a fifth. Comments without a name are in a burst only if most of all other comments are outside
 * of its time: else they are what everybody writes. Honest repetition is a binomial draw, with the larger of two shares
 * of such comments: that of everybody's at other times, and that of the authors' own outside of any crowd.
 *
 * @param comments in order of time
 */
export const findCommentBursts = (
  comments: readonly StandingComment[],
  query: BurstQuery,
): readonly CommentBurst[] => {
  const items = comments.map(
    (comment): Item => ({
      comment,
      actor: actorOf(comment),
      timeMs: comment.timestamp.getTime(),
      letters: lettersOf(comment.value) || comment.value.trim(),
    }),
  );
  const clusters = clustersOf(items, query.similarity).flatMap((cluster) => {
    const crowded = cluster.length < query.smallestCluster ? [] : crowdedOf(cluster, query);
    return crowded.length > 0 ? [{ cluster, crowded }] : [];
  });
  const everybody: Everybody = {
    items,
    own: Map.groupBy(items, ({ actor }) => actor),
    crowded: new Set(clusters.flatMap(({ crowded }) => crowded)),
  };
  const found = clusters.flatMap((own) =>
    splitAtGaps(own.crowded, query.burstMs).flatMap((crowd) => {
      const burst = ofFewAuthors(ofRepeaters(crowd, own.cluster, everybody), query);
      if (!burst) return [];
      const actors = new Set(burst.map(({ actor }) => actor));
      return [{ burst, actors, p: chanceOf(burst, actors, { ...own, everybody }) }];
    }),
  );
  // Wherever it lies, a burst was looked for in all of the time.
  const spanMs = items.length === 0 ? 0 : items.at(-1)!.timeMs - items[0]!.timeMs;
  const places = Math.max(1, spanMs / query.burstMs);
  const q = benjaminiHochberg(found.map(({ p }) => Math.min(1, p * places)));
  return found.flatMap(({ burst, actors }, at) =>
    q[at]! > query.q
      ? []
      : [{ comments: burst.map(({ comment }) => comment), actors: actors.size, q: q[at]! }],
  );
};

const clustersOf = (items: readonly Item[], similarity: number): readonly (readonly Item[])[] => {
  const byText = [...Map.groupBy(items, ({ letters }) => letters)].filter(([letters]) => letters !== "");
  const clusters = nearDuplicates(
    byText.map(([letters]) => letters),
    similarity,
  );
  return [...Map.groupBy(byText, (_, at) => clusters[at]!).values()].map((texts) =>
    texts.flatMap(([, own]) => own).sort((a, b) => a.timeMs - b.timeMs),
  );
};

interface Everybody {
  /** In order of time. */
  readonly items: readonly Item[];
  readonly own: ReadonlyMap<string, readonly Item[]>;
  /** Those that come with enough near-duplicates, of any cluster. */
  readonly crowded: ReadonlySet<Item>;
}

/** Those within `burstMs` of which enough come. */
const crowdedOf = (cluster: readonly Item[], { burstMs, smallestCluster }: BurstQuery): readonly Item[] => {
  const sum = runningCount();
  let from = 0;
  let marked = 0;
  const crowded: Item[] = [];
  for (const [at, item] of cluster.entries()) {
    sum.add(item, 1);
    while (item.timeMs - cluster[from]!.timeMs > burstMs) sum.add(cluster[from++]!, -1);
    if (sum.count() < smallestCluster) continue;
    for (marked = Math.max(from, marked); marked <= at; marked++) crowded.push(cluster[marked]!);
  }
  return crowded;
};

/** How much comments count together while they come and go. */
const runningCount = () => {
  const copies = new Map<string, number>();
  let count = 0;
  return {
    add: ({ letters, actor, comment }: Item, sign: 1 | -1): void => {
      const key = JSON.stringify([letters, actor, comment.requestId]);
      const before = copies.get(key) ?? 0;
      copies.set(key, before + sign);
      const isFirst = Math.min(before, before + sign) === 0;
      count += sign * (isFirst ? 1 : copyWeight) * Math.min(1, letters.length / tellingLetters) ** 2;
    },
    // Sums of fractions come out a little off.
    count: (): number => count + 1e-9,
  };
};

const countOf = (items: readonly Item[]): number => {
  const sum = runningCount();
  for (const item of items) sum.add(item, 1);
  return sum.count();
};

const splitAtGaps = (items: readonly Item[], burstMs: number): readonly (readonly Item[])[] => {
  const parts: Item[][] = [];
  for (const [at, item] of items.entries()) {
    const before = items[at - 1];
    if (before && item.timeMs - before.timeMs <= burstMs) parts.at(-1)!.push(item);
    else parts.push([item]);
  }
  return parts;
};

/** The part of a crowd whose authors write little else in its time. */
const ofRepeaters = (
  crowd: readonly Item[],
  cluster: readonly Item[],
  { items, own, crowded }: Everybody,
): readonly Item[] => {
  const [first, last] = [crowd[0]!.timeMs, crowd.at(-1)!.timeMs];
  const isMeanwhile = ({ timeMs }: Item): boolean => timeMs >= first && timeMs <= last;
  const isRepeater = (actor: string): boolean => {
    if (actor !== "") {
      const meanwhile = own.get(actor)!.filter(isMeanwhile);
      return meanwhile.filter((item) => crowded.has(item)).length >= mostOfTheirs * meanwhile.length;
    }
    const others = items.length - cluster.length;
    const othersMeanwhile = items.filter(isMeanwhile).length - cluster.filter(isMeanwhile).length;
    return othersMeanwhile * 2 <= others + prior.comments;
  };
  const repeaters = new Set([...new Set(crowd.map(({ actor }) => actor))].filter(isRepeater));
  return crowd.filter(({ actor }) => repeaters.has(actor));
};

/**
 * The part of a crowd that few authors wrote: at most `fewUsers` of them, or so few that each wrote enough for a cluster
 * every `burstMs`. It is all of the crowd, or what is left without those who said so once, or less often than that.
 */
const ofFewAuthors = (
  crowd: readonly Item[],
  { smallestCluster, burstMs, fewUsers }: BurstQuery,
): readonly Item[] | null => {
  const own = Map.groupBy(crowd, ({ actor }) => actor);
  const isOfFew = (items: readonly Item[]): boolean => {
    if (countOf(items) < smallestCluster) return false;
    const authors = new Set(items.map(({ actor }) => actor)).size;
    const times = Math.max(1, (items.at(-1)!.timeMs - items[0]!.timeMs) / burstMs);
    return authors <= fewUsers || items.length >= smallestCluster * authors * times;
  };
  return (
    [1, 2, smallestCluster]
      .map((least) => crowd.filter(({ actor }) => own.get(actor)!.length >= least))
      .find(isOfFew) ?? null
  );
};

interface Surroundings {
  readonly cluster: readonly Item[];
  readonly crowded: readonly Item[];
  readonly everybody: Everybody;
}

/** How probable as many such comments are, or more, among those that the same authors wrote in that time. */
const chanceOf = (
  burst: readonly Item[],
  actors: ReadonlySet<string>,
  { cluster, crowded, everybody }: Surroundings,
): number => {
  const [first, last] = [burst[0]!.timeMs, burst.at(-1)!.timeMs];
  const ofActors = (items: readonly Item[]): number => items.filter(({ actor }) => actors.has(actor)).length;
  const written = [...actors].flatMap((actor) => everybody.own.get(actor)!);
  const meanwhile = written.filter(({ timeMs }) => timeMs >= first && timeMs <= last).length;

  const otherwise =
    (cluster.length - burst.length + prior.comments * prior.share) /
    (everybody.items.length - burst.length + prior.comments);
  const ofTheirs =
    (ofActors(cluster) - ofActors(crowded) + prior.comments * otherwise) /
    (written.length - ofActors(crowded) + prior.comments);
  const share = Math.max(otherwise, ofTheirs);
  return regularizedIncompleteBeta(share, burst.length, meanwhile - burst.length + 1);
};
