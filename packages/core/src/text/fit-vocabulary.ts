import { words } from "./words.ts";

/** The words and pairs of neighbouring words that texts are told apart by, and how rare each is. */
export interface Vocabulary {
  /** Words, and pairs with a space between, in their order by code units. */
  readonly terms: readonly string[];
  /** For each term its inverse document frequency: 1 where every text has it, larger the rarer it is. */
  readonly idf: readonly number[];
}

export interface VocabularyOptions {
  /**
   * The most terms to keep: the most frequent ones, by the number of texts that have them.
   * @default 20000
   */
  readonly mostTerms?: number | undefined;
  /**
   * In how many texts a term has to be, so that it can tell something of others; names and numbers of one person stay
   * out of a vocabulary by this, too.
   * @default 2
   */
  readonly fewestTexts?: number | undefined;
}

/**
 * The vocabulary of a corpus: every word and every pair of neighbouring words that enough texts have. The order of the
 * texts changes nothing.
 *
 * Source of the idf, `1 + ln((1 + texts) / (1 + texts with the term))`: scikit-learn's smoothed TF-IDF, its user guide,
 * section 6.2.3.
 *
 * @example
 * fitVocabulary(["refund me", "refund me now", "now"]).terms; // ["me", "now", "refund", "refund me"]
 */
export const fitVocabulary = (
  texts: readonly string[],
  { mostTerms = 20_000, fewestTexts = 2 }: VocabularyOptions = {},
): Vocabulary => {
  const numbers = new Map<string, number>();
  const rows = texts.map((text) => {
    const own = words(text);
    const row = new Int32Array(own.length);
    for (let at = 0; at < row.length; at++) {
      const word = own[at]!;
      let number = numbers.get(word);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(word, number);
      }
      row[at] = number;
    }
    return row;
  });
  const names = [...numbers.keys()];
  const single = countTexts(rows, names.length);
  const pairs = countPairs(rows, single, fewestTexts);

  const found: { readonly term: string; readonly count: number }[] = [];
  for (const [number, term] of names.entries())
    if (single[number]! >= fewestTexts) found.push({ term, count: single[number]! });
  for (const { first, second, count } of pairs)
    found.push({ term: `${names[first]!} ${names[second]!}`, count });

  const kept = found.sort((a, b) => b.count - a.count || (a.term < b.term ? -1 : 1)).slice(0, mostTerms);
  kept.sort((a, b) => (a.term < b.term ? -1 : 1));
  return {
    terms: kept.map(({ term }) => term),
    idf: kept.map(({ count }) => 1 + Math.log((1 + texts.length) / (1 + count))),
  };
};

/** In how many rows each number is. */
const countTexts = (rows: readonly Int32Array[], numbers: number): Int32Array => {
  const counts = new Int32Array(numbers);
  const lastRow = new Int32Array(numbers).fill(-1);
  for (const [at, row] of rows.entries())
    for (const number of row)
      if (lastRow[number] !== at) {
        lastRow[number] = at;
        counts[number]! += 1;
      }
  return counts;
};

/**
 * The pairs of neighbours that enough rows have. Counted in an open table rather than in a `Map`, which is several times
 * slower at millions of keys; a pair with a word that too few texts have is not even looked up.
 */
const countPairs = (rows: readonly Int32Array[], single: Int32Array, fewestTexts: number) => {
  let table = pairTable(1 << 12);
  for (const [at, row] of rows.entries())
    for (let place = 1; place < row.length; place++) {
      const [first, second] = [row[place - 1]!, row[place]!];
      if (single[first]! < fewestTexts || single[second]! < fewestTexts) continue;
      const slot = table.slotOf(first, second);
      if (table.lastRow[slot] === at) continue;
      if (table.counts[slot] === 0) table.used++;
      table.first[slot] = first;
      table.second[slot] = second;
      table.lastRow[slot] = at;
      table.counts[slot]! += 1;
      if (table.used * 2 > table.counts.length) table = table.doubled();
    }
  const found: { readonly first: number; readonly second: number; readonly count: number }[] = [];
  for (const [slot, count] of table.counts.entries())
    if (count >= fewestTexts) found.push({ first: table.first[slot]!, second: table.second[slot]!, count });
  return found;
};

interface PairTable {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly lastRow: Int32Array;
  readonly counts: Int32Array;
  used: number;
  readonly slotOf: (first: number, second: number) => number;
  readonly doubled: () => PairTable;
}

/** @param size A power of two. */
const pairTable = (size: number): PairTable => {
  const [first, second, lastRow, counts] = [
    new Int32Array(size),
    new Int32Array(size),
    new Int32Array(size).fill(-1),
    new Int32Array(size),
  ];
  const slotOf = (a: number, b: number): number => {
    let slot = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & (size - 1);
    while (counts[slot] !== 0 && (first[slot] !== a || second[slot] !== b)) slot = (slot + 1) & (size - 1);
    return slot;
  };
  const doubled = (): PairTable => {
    const larger = pairTable(size * 2);
    for (let slot = 0; slot < size; slot++) {
      if (counts[slot] === 0) continue;
      const place = larger.slotOf(first[slot]!, second[slot]!);
      larger.first[place] = first[slot]!;
      larger.second[place] = second[slot]!;
      larger.lastRow[place] = lastRow[slot]!;
      larger.counts[place] = counts[slot]!;
      larger.used++;
    }
    return larger;
  };
  return { first, second, lastRow, counts, used: 0, slotOf, doubled };
};
