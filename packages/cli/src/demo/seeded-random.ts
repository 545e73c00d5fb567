/**
 * Random numbers in [0, 1) that are the same for the same seed on every machine: Weyl steps, mixed by the
 * finalizer of MurmurHash3.
 */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
};

/** One draw from the standard normal distribution (Box and Muller, 1958). */
export const drawNormal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** One of the items, each as likely as its share says; the shares sum to 1. */
export const drawByShare = <Item extends { readonly share: number }>(
  items: readonly Item[],
  random: () => number,
): Item => {
  const drawn = random();
  let reached = 0;
  for (const item of items) {
    reached += item.share;
    if (drawn < reached) return item;
  }
  return items.at(-1)!;
};

/** One of the items, all equally likely. */
export const drawOne = <Item>(items: readonly Item[], random: () => number): Item =>
  items[Math.floor(random() * items.length)]!;
