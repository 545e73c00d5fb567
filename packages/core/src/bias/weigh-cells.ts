import { type Codes, sumsByCode } from "../stats/codes.ts";
import { compensatedSum } from "../stats/compensated-sum.ts";
import { rake } from "../stats/rake.ts";
import { type Category, poolCategories } from "./pool-categories.ts";
import { type CellWeightSpread, trimCellWeights } from "./trim-cell-weights.ts";

/** How cells become weights; see `weightFeedbackForBalance`. */
export type WeightMethod = "post_stratification" | "inverse_rate" | "raking";

/** For labels, how many of the population have each value: counts or shares. */
export type KnownPopulation = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The requests of one combination of labels, and how many of them answered. */
export type Cell = Omit<Category, "by">;

export interface WeighOptions {
  readonly by: readonly string[];
  readonly method: WeightMethod;
  readonly trim: number | false;
  readonly smallestCell: number;
  readonly population?: KnownPopulation | undefined;
}

/** Weights of the cells that have respondents, or why there are none. */
export type CellWeighting<Weighed extends Cell> =
  | {
      /** `nothing_to_weight`: no label has two values with enough respondents, so all weigh the same. */
      readonly verdict: "weighted" | "nothing_to_weight";
      readonly cells: readonly Weighed[];
      /** What a request of each of these cells counts for; their mean over the respondents is 1. */
      readonly untrimmed: Float64Array;
      readonly weights: Float64Array;
      readonly before: CellWeightSpread;
      readonly after: CellWeightSpread;
      /** Respondents whose weight was cut. */
      readonly trimmed: number;
      readonly pooled: readonly Category[];
      /** Respondents with a value that the known population does not have, in no cell. */
      readonly outsidePopulation: number;
      /** For each cell its place in every margin that the weights meet; none where they were trimmed or meet none. */
      readonly margins: readonly Codes[];
    }
  | { readonly verdict: "not_converged"; readonly sweeps: number }
  | { readonly verdict: "not_enough_data"; readonly needed: number; readonly have: number };

/** Weighs the respondents of cells so that they are like the population. */
export const weighCells = <Weighed extends Cell>(
  cells: readonly Weighed[],
  options: WeighOptions,
): CellWeighting<Weighed> => {
  const { by, method, trim, smallestCell, population: known = {} } = options;
  // One margin of all combinations, or one of each label: the labels of a margin by their places in `by`.
  const margins = method === "post_stratification" ? [[...by.keys()]] : [...by.keys()].map((at) => [at]);
  // Of values that the known population does not have, nobody is to be stood for.
  const counted = cells.filter(({ labels }) => labels.every((value, at) => isKnown(known[by[at]!], value)));
  const have = sumOf(counted, ({ respondents }) => respondents);
  if (have < smallestCell) return { verdict: "not_enough_data", needed: smallestCell, have };

  const coded = margins.map((places) => codeMargin(counted, places, options));
  const answered = [...counted.keys()].filter((cell) => counted[cell]!.respondents > 0);
  const used = answered.map((cell) => counted[cell]!);
  const sizes = Float64Array.from(used, ({ respondents }) => respondents);
  const targets = coded.map(({ codes, population }) => ({
    code: answered.map((cell) => codes[cell]!),
    population,
  }));
  const codes = targets.map(({ code }) => code);

  const isUniform = targets.every(({ population }) => population.length === 1);
  const raked = method === "inverse_rate" ? null : rake(targets, { weights: sizes });
  if (raked && !raked.converged) return { verdict: "not_converged", sweeps: raked.sweeps };
  const untrimmed = normalise(
    raked ? raked.weights.map((weight, at) => weight / sizes[at]!) : inverseRates(targets, sizes),
    sizes,
  );
  if (isUniform) untrimmed.fill(1); // to the last digit
  const { weights, trimmed, before, after } = trimCellWeights(untrimmed, sizes, trim);
  const meetsMargins = trimmed === 0 && (raked !== null || by.length === 1);
  return {
    verdict: isUniform ? "nothing_to_weight" : "weighted",
    cells: used,
    untrimmed,
    weights,
    before,
    after,
    trimmed,
    pooled: coded.flatMap(({ pooled }) => pooled),
    outsidePopulation: sumOf(cells, ({ respondents }) => respondents) - have,
    margins: meetsMargins ? codes : [],
  };
};

const isKnown = (known: Readonly<Record<string, number>> | undefined, value: string | undefined): boolean =>
  known === undefined || (value !== undefined && Object.hasOwn(known, value) && known[value]! > 0);

/** Divides the cells by some of their labels, and pools what is too small. */
const codeMargin = (
  cells: readonly Cell[],
  places: readonly number[],
  { by, smallestCell, population: known = {} }: WeighOptions,
) => {
  const names = places.map((at) => by[at]!);
  const given = names.length === 1 ? known[names[0]!] : undefined;
  const keyOf = (labels: Cell["labels"]): string => JSON.stringify(places.map((at) => labels[at] ?? null));
  const categories = [...Map.groupBy(cells, ({ labels }) => keyOf(labels)).values()].map(
    (group): Category => {
      const labels = places.map((at) => group[0]!.labels[at]);
      return {
        by: names,
        labels,
        population: given ? given[labels[0]!]! : sumOf(group, ({ population }) => population),
        respondents: sumOf(group, ({ respondents }) => respondents),
      };
    },
  );
  const present = new Set(categories.map(({ labels }) => labels[0]));
  for (const [value, population] of Object.entries(given ?? {}))
    if (population > 0 && !present.has(value))
      categories.push({ by: names, labels: [value], population, respondents: 0 });

  const pooled = poolCategories(categories, smallestCell);
  const kept = categories.filter((category) => category.population > 0 && !pooled.includes(category));
  const groups =
    pooled.length > 0 ? [...kept.map((category) => [category]), pooled] : kept.map((category) => [category]);
  const codeOf = new Map(
    groups.flatMap((group, code) =>
      group.map(({ labels }) => [JSON.stringify(labels.map((label) => label ?? null)), code] as const),
    ),
  );
  return {
    codes: cells.map(({ labels }) => codeOf.get(keyOf(labels))!),
    population: groups.map((group) => sumOf(group, ({ population }) => population)),
    pooled,
  };
};

/** One by the share of respondents in each category that a cell is in, multiplied over the labels. */
const inverseRates = (
  margins: readonly { readonly code: readonly number[]; readonly population: readonly number[] }[],
  sizes: Float64Array,
): Float64Array => {
  const factors = margins.map(({ code, population }) => {
    const respondents = sumsByCode(sizes, code, population.length);
    return population.map((count, at) => count / respondents[at]!);
  });
  return sizes.map((_, cell) =>
    factors.reduce((weight, factor, margin) => weight * factor[margins[margin]!.code[cell]!]!, 1),
  );
};

/** Scaled to a mean of 1 over the respondents. */
const normalise = (weights: Float64Array, sizes: Float64Array): Float64Array => {
  const scale = compensatedSum(sizes) / compensatedSum(weights.map((weight, at) => weight * sizes[at]!));
  return weights.map((weight) => weight * scale);
};

const sumOf = <Item>(items: readonly Item[], pick: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + pick(item), 0);
