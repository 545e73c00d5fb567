/** Letters that words of one family begin with, at least, and their share of the longer word. */
const fewestShared = 5;
const shareShared = 0.75;

/**
 * For each term the place of the term that stands for its family: words that differ in their endings alone, as "repeat",
 * "repeats" and "repeated". By a long common beginning, which asks for no knowledge of the language and misses forms that
 * change within. A pair of words is a family of its own.
 *
 * @param terms In their order by code units, so that a family stands together.
 */
export const wordFamilies = (terms: readonly string[]): Int32Array => {
  const family = Int32Array.from(terms, (_, place) => place);
  // Compared with the first form, as a chain of neighbours would lead from any word to another.
  let first = -1;
  for (const [place, term] of terms.entries()) {
    if (term.includes(" ")) continue;
    if (first >= 0 && isFormOf(terms[first]!, term)) family[place] = first;
    else first = place;
  }
  return family;
};

/** Numbers that differ in their last digits are no forms of each other. */
const isFormOf = (a: string, b: string): boolean => {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return (
    shared >= Math.max(fewestShared, shareShared * Math.max(a.length, b.length)) &&
    !/\p{N}/u.test(a.slice(shared) + b.slice(shared))
  );
};
