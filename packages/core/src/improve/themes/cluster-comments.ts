import { fitVocabulary } from "../../text/fit-vocabulary.ts";
import { tfIdf } from "../../text/tf-idf.ts";
import { wordFamilies } from "./word-families.ts";

/** Comments that share a word, or two that follow each other. */
export interface CommentCluster {
  /** What they share, then what else many of them have; the first tells it apart from other clusters. */
  readonly terms: readonly string[];
  /** Places of the comments in the list that was given, those that are most about it first. */
  readonly members: readonly number[];
}

interface ClusterOptions {
  /** Comments that make a cluster. */
  readonly smallest: number;
  /** How many clusters at most. */
  readonly limit: number;
  /** Words that say nothing by themselves. */
  readonly isCommon: (word: string) => boolean;
}

/** A weight of 1, the most that a term has. */
const weightUnits = 2 ** 20;

/** What of a cluster has to have a term, for it to stand beside the term that they share. */
const manyOf = 0.2;

const mostTerms = 4;

/**
 * Groups comments by shared terms: the telling term with the largest sum of TF-IDF, words in whatever ending they come,
 * makes a cluster of all comments that have it, and so on with those that are left. So every comment is in one cluster at
 * most, and every cluster says by what it is one. A short comment weighs more for its words than a long one.
 *
 * The time it takes grows with the number of comments, not with that of pairs of them. The order of the comments decides
 * nothing but the order of members that are equally much about it.
 *
 * Source: the greedy cover by frequent terms of F. Beil, M. Ester, X. Xu, "Frequent term-based text clustering", KDD
 * 2002, with weights in place of counts.
 */
export const clusterComments = (
  texts: readonly string[],
  { smallest, limit, isCommon }: ClusterOptions,
): readonly CommentCluster[] => {
  // A form that few comments have may be of a family that enough have.
  const vocabulary = fitVocabulary(texts);
  const { terms } = vocabulary;
  const family = wordFamilies(terms);
  const says = terms.map((term) => isTelling(term.split(" "), isCommon));
  const vectorOf = tfIdf(vocabulary);

  /** For each comment its telling terms, and their weights by family. */
  const about = texts.map((text) => {
    const { places, values } = vectorOf(text);
    const telling = Array.from(places, (place, at) => ({
      place,
      // Whole numbers, of which sums are exact: the order of the comments changes nothing.
      weight: Math.round(values[at]! * weightUnits),
    })).filter(({ place }) => says[place]);
    return { telling, families: heaviestByFamily(telling, family) };
  });
  const members = terms.map((): number[] => []);
  const [weight, count] = [new Float64Array(terms.length), new Int32Array(terms.length)];
  for (const [at, { families }] of about.entries())
    for (const [head, own] of families) {
      members[head]!.push(at);
      weight[head]! += own;
      count[head]! += 1;
    }

  const clusters: CommentCluster[] = [];
  const isTaken = new Uint8Array(texts.length);
  while (clusters.length < limit) {
    let head = -1;
    for (let other = 0; other < terms.length; other++)
      if (count[other]! >= smallest && (head < 0 || weight[other]! > weight[head]!)) head = other;
    if (head < 0) break;
    const own = members[head]!.filter((at) => isTaken[at] === 0);
    for (const at of own) {
      isTaken[at] = 1;
      for (const [other, lost] of about[at]!.families) {
        weight[other]! -= lost;
        count[other]! -= 1;
      }
    }
    own.sort((a, b) => about[b]!.families.get(head)! - about[a]!.families.get(head)! || a - b);
    const tellings = own.map((at) => about[at]!.telling);
    clusters.push({ members: own, terms: termsOf(tellings, { terms, family, head }) });
  }
  return clusters;
};

/** A single letter is what an apostrophe leaves, or an article. */
const isTelling = (own: readonly string[], isCommon: ClusterOptions["isCommon"]): boolean =>
  own.some((word) => !isCommon(word)) && !own.some((word) => /^\p{Script=Latin}$/u.test(word));

interface Telling {
  readonly place: number;
  readonly weight: number;
}

const heaviestByFamily = (telling: readonly Telling[], family: Int32Array): ReadonlyMap<number, number> => {
  const heaviest = new Map<number, number>();
  for (const { place, weight } of telling)
    heaviest.set(family[place]!, Math.max(weight, heaviest.get(family[place]!) ?? 0));
  return heaviest;
};

/** The form of the shared term that is most frequent, then terms that many have and that repeat no word. */
const termsOf = (
  tellings: readonly (readonly Telling[])[],
  {
    terms,
    family,
    head,
  }: { readonly terms: readonly string[]; readonly family: Int32Array; readonly head: number },
): readonly string[] => {
  const counts = new Map<number, number>();
  for (const telling of tellings)
    for (const { place } of telling) counts.set(place, (counts.get(place) ?? 0) + 1);
  const ranked = [...counts].sort(([a, countA], [b, countB]) => countB - countA || a - b);
  const [first] = ranked.find(([place]) => family[place] === head)!;
  const shown = [terms[first]!];
  for (const [place, count] of ranked) {
    if (shown.length >= mostTerms || count < manyOf * tellings.length) break;
    const own = terms[place]!.split(" ");
    const known = new Set(shown.flatMap((term) => term.split(" ")));
    const isNew = family[place] !== head && !own.some((word) => known.has(word));
    if (isNew) shown.push(terms[place]!);
  }
  return shown;
};
