/** Scripts that put no spaces between words. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
/** Where these scripts begin: what lies before need not be looked at closely. */
const firstUnspaced = 0x0e00;

/**
 * The words of a text, in their order: runs of letters, marks and digits of any script, in lower case and in Unicode's
 * compatibility form, so that full-width and ligature letters are the plain ones. Where a script puts no spaces between
 * words, as Chinese, Japanese or Thai, each pair of neighbouring characters stands for one.
 *
 * @example
 * words("Can I get my money back?"); // ["can", "i", "get", "my", "money", "back"]
 * words("返金できる"); // ["返金", "金で", "でき", "きる"]
 */
export const words = (text: string): readonly string[] => {
  const runs =
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return runs.some(isUnspaced) ? runs.flatMap((run) => (isUnspaced(run) ? pairsOf(run) : run)) : runs;
};

const isUnspaced = (run: string): boolean => run.charCodeAt(0) >= firstUnspaced && unspaced.test(run);

const pairsOf = (run: string): readonly string[] => {
  const characters = [...run];
  return characters.length < 3
    ? [run]
    : characters.slice(1).map((character, at) => `${characters[at]!}${character}`);
};
