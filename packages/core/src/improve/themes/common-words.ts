/** Outputs from which on their words tell what is common. */
const fewestOutputs = 20;

/** Words that so large a share of the outputs have are those of the language, or of the product. */
const commonShare = 0.2;

/** Function words of English, and what an apostrophe leaves of its verbs; "no", "not" and "too" do say something. */
const functionWords = new Set(
  `a about after also am an and any are aren as at be because been being both but by can could couldn did didn do does
  doesn doing don each for from had has have haven having he her here him his i if in into is isn it its itself just let
  ll may me might more most much must my of off on once one only onto or other our out over own per re same she should
  shouldn so some such than that the their them then there these they thing things this those though through to under
  until up upon us ve was wasn we were weren which while who whom whose will with within would wouldn yet you your`.split(
    /\s+/,
  ),
);

/**
 * Tells which words say nothing of a complaint by themselves: function words of English, and those that many outputs have
 * anyway, in whatever language they are. With too few outputs to tell by, Latin words of up to three letters.
 */
export const commonWords = ({
  n,
  withWord,
}: {
  readonly n: number;
  readonly withWord: ReadonlyMap<string, number>;
}): ((word: string) => boolean) => {
  const isLearnt =
    n < fewestOutputs
      ? (word: string) => /^\p{Script=Latin}{1,3}$/u.test(word)
      : (word: string) => (withWord.get(word) ?? 0) >= commonShare * n;
  return (word) => functionWords.has(word) || isLearnt(word);
};
