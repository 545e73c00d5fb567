import { randomSource } from "@heed/core/stats";

/** An output, what an evaluator and a user say of it, and who that is. */
export interface SimulatedLabel {
  readonly prompt: string;
  readonly output: string;
  /** Of an evaluator that knows little, 0 to 1. */
  readonly overall: number;
  /** 1 for good. */
  readonly label: 0 | 1;
  readonly userId: string;
}

const vocabulary = 30_000;
const promptWords = 60;
const outputWords = 240;
/** Of the output's words, how many go with its quality, and how many such words of either kind there are. */
const plantedShare = 0.04;
const plantedOfAKind = 60;

/**
 * Outputs of about 300 words with their prompts, in the frequencies of a language (Zipf's law), in which a few words go with
 * what users like and a few with what they do not. Simulated, the same each time.
 */
export function* simulatedLabels(n: number, seed: number): Generator<SimulatedLabel> {
  const random = randomSource(seed);
  const word = zipfWords(random);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const lengthAbout = (mean: number) => Math.max(3, Math.round(mean * Math.exp(0.4 * normal() - 0.08)));
  const planted = (quality: number) => {
    const isLiked = random() < logistic(1.2 * quality);
    return `${isLiked ? "lo" : "de"}w${syllables(Math.floor(random() * plantedOfAKind))}`;
  };

  for (let at = 0; at < n; at++) {
    const quality = normal();
    yield {
      prompt: text(lengthAbout(promptWords), word),
      output: text(lengthAbout(outputWords), () => (random() < plantedShare ? planted(quality) : word())),
      overall: Math.round(1e4 * logistic(0.4 * quality + normal())) / 1e4,
      label: random() < logistic(2 * quality) ? 1 : 0,
      userId: `user-${Math.floor((random() * n) / 4)}`,
    };
  }
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Sentences of twelve words. */
const text = (length: number, word: () => string): string => {
  const words = Array.from({ length }, (_, place) => {
    const next = word();
    const spelled = place % 12 === 0 ? next[0]!.toUpperCase() + next.slice(1) : next;
    return place % 12 === 11 ? `${spelled}.` : spelled;
  });
  return words.join(" ");
};

/** Draws words, the word of rank r about as often as 1 / r. */
const zipfWords = (random: () => number): (() => string) => {
  const upTo = new Float64Array(vocabulary);
  let sum = 0;
  for (let rank = 0; rank < vocabulary; rank++) {
    sum += 1 / (rank + 2.7);
    upTo[rank] = sum;
  }
  const words = Array.from({ length: vocabulary }, (_, rank) => syllables(rank));
  return () => {
    const drawn = random() * sum;
    let [low, high] = [0, vocabulary - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle]! < drawn) low = middle + 1;
      else high = middle;
    }
    return words[low]!;
  };
};

const consonants = "bcdfghklmnprstz";
const vowels = "aeiou";

/** A word that can be spoken, the shorter the lower its number. */
const syllables = (number: number): string => {
  const syllable = consonants[number % 15]! + vowels[Math.floor(number / 15) % 5]!;
  const rest = Math.floor(number / 75);
  return rest === 0 ? syllable : syllables(rest - 1) + syllable;
};
