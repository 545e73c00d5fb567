import { shuffle as shuffleWith } from "simple-statistics";

/** The same items in another order, the same for the same seed. */
export const shuffle = <Item>(items: readonly Item[], seed: number): Item[] => {
  let state = seed;
  // A 32-bit linear congruential generator (Numerical Recipes).
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return shuffleWith([...items], random);
};
