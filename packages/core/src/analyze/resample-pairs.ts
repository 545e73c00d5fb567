import { denseRanks } from "../stats/dense-ranks.ts";
import { safeScale } from "../stats/safe-scale.ts";
import { weightedMidranks } from "../stats/weighted-midranks.ts";
import type { EachVote } from "./read-votes.ts";
import type { Pairs } from "./select-pairs.ts";
import { startsOf } from "./starts-of.ts";

/** The coefficients of one sample; not finite where they are not defined. */
interface Coefficients {
  readonly pearson: number;
  readonly spearman: number;
}

/** Gives the coefficients for how often each vote was drawn. */
type Resampler = (copies: Float64Array) => Coefficients;

/**
 * Prepares pairs for many samples of their votes. What no sample changes is sorted once: a sample then takes time
 * linear in the votes, and sorts only the human scores that depend on whom it drew. The scores must not all be equal.
 * Equal values share a slot, where their weights add up; a human score that varies has a slot of its own.
 */
export const resamplePairs = (pairs: Pairs, eachVote: EachVote): Resampler => {
  // Only differences of scores count: near zero they keep their digits.
  const score = safeScale(pairs.score.map((value) => value - pairs.score[0]!)).values;
  const { human, weight, varies, draw } = sampleOf(pairs, eachVote);
  const [humans, scores] = [slotsOf(pairs.human, varies), slotsOf(score)];
  const [x, y] = [new Float64Array(humans.value.length), new Float64Array(scores.value.length)];

  const weigh = (): void => {
    humans.weight.fill(0);
    scores.weight.fill(0);
    for (let at = 0; at < weight.length; at++) {
      const slot = humans.slot[at]!;
      humans.weight[slot]! += weight[at]!;
      scores.weight[scores.slot[at]!]! += weight[at]!;
      if (varies[at] === 1) humans.value[slot] = human[at]!;
    }
  };
  const coefficient = (humanPlaces: Float64Array, scorePlaces: Float64Array): number => {
    const squares = centre(humanPlaces, humans.weight, x) * centre(scorePlaces, scores.weight, y);
    let products = 0;
    for (let at = 0; at < weight.length; at++)
      products += weight[at]! * x[humans.slot[at]!]! * y[scores.slot[at]!]!;
    return products / Math.sqrt(squares);
  };
  return (copies) => {
    draw(copies);
    weigh();
    return {
      pearson: coefficient(humans.value, scores.value),
      spearman: coefficient(ranksOf(humans), ranksOf(scores)),
    };
  };
};

interface Sample {
  readonly human: Float64Array;
  readonly weight: Float64Array;
  /** 1 where the human score depends on whom a sample draws. */
  readonly varies: Uint8Array;
  /** Fills in the human scores and weights of the next sample. */
  readonly draw: (copies: Float64Array) => void;
}

const sampleOf = (pairs: Pairs, { user, value }: EachVote): Sample => {
  const starts = startsOf(pairs.votes);
  const human = pairs.human.slice();
  const weight = new Float64Array(human.length);
  const varies = Uint8Array.from(human, (_, at) => {
    const [start, end] = [starts[at]!, starts[at + 1]!];
    return Number(!isAllOne(user, start, end) && !isAllOne(value, start, end));
  });
  const draw = (copies: Float64Array): void => {
    for (let at = 0; at < human.length; at++) {
      let count = 0;
      let sum = 0;
      for (let vote = starts[at]!; vote < starts[at + 1]!; vote++) {
        count += copies[vote]!;
        sum += copies[vote]! * value[vote]!;
      }
      if (varies[at] === 1 && count > 0) human[at] = sum / count;
      weight[at] = ((pairs.weight ? pairs.weight[at]! : 1) * count) / pairs.votes[at]!;
    }
  };
  return { human, weight, varies, draw };
};

const isAllOne = (column: Int32Array | Float64Array, start: number, end: number): boolean => {
  for (let at = start + 1; at < end; at++) if (column[at] !== column[start]) return false;
  return true;
};

interface Slots {
  /** Of each request. */
  readonly slot: Uint32Array;
  readonly value: Float64Array;
  readonly weight: Float64Array;
  /** Whether the values rise, so that they need not be sorted. */
  readonly isSorted: boolean;
}

const slotsOf = (values: Float64Array, varies: Uint8Array = new Uint8Array(values.length)): Slots => {
  const { codes: slot, distinct } = denseRanks(values);
  let slots = distinct.length;
  for (let at = 0; at < slot.length; at++) if (varies[at] === 1) slot[at] = slots++;
  const value = new Float64Array(slots);
  value.set(distinct);
  return { slot, value, weight: new Float64Array(slots), isSorted: slots === distinct.length };
};

/** The weighted midranks of the slots. */
const ranksOf = ({ value, weight, isSorted }: Slots): Float64Array => {
  if (!isSorted) return weightedMidranks(value, weight);
  const ranks = new Float64Array(weight.length);
  let below = 0;
  for (let slot = 0; slot < weight.length; slot++) {
    ranks[slot] = below + weight[slot]! / 2;
    below += weight[slot]!;
  }
  return ranks;
};

/** Fills in places about their weighted mean, and gives the sum of their squares: exactly 0 where all are equal. */
const centre = (places: Float64Array, weight: Float64Array, centred: Float64Array): number => {
  // No branch on the weight, of which a third are 0 by chance: it would be guessed wrong too often.
  const pivot = places[weight.findIndex((own) => own > 0)]!;
  let total = 0;
  let sum = 0;
  for (let slot = 0; slot < places.length; slot++) {
    centred[slot] = places[slot]! - pivot;
    total += weight[slot]!;
    sum += weight[slot]! * centred[slot]!;
  }
  const mean = sum / total;
  let squares = 0;
  for (let slot = 0; slot < places.length; slot++) {
    centred[slot]! -= mean;
    squares += weight[slot]! * centred[slot]! * centred[slot]!;
  }
  return squares;
};
