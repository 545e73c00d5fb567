import type { RequestGroup } from "@heed/core";

/** Requests of one group that all have the same standing votes. */
export interface GroupCell extends Pick<RequestGroup, "labels" | "period" | "scoreBin"> {
  /** Of each of the requests; null where there are no votes. */
  readonly humanScore: number | null;
  readonly logged: number;
  readonly exposed: number;
  readonly discarded: number;
  /** Of the automatic scores; their mean is counted from the pivot. */
  readonly score: Moments & { readonly pivot: number };
}

type Moments = RequestGroup["score"];

/** Puts the cells of each group together. */
export const sumCells = (cells: readonly GroupCell[]): readonly RequestGroup[] => {
  // No label contains NUL.
  const keyOf = ({ labels, period, scoreBin }: GroupCell): string =>
    [period, scoreBin, ...labels.map((label) => (label === undefined ? "" : `=${label}`))].join("\0");
  return [...Map.groupBy(cells, keyOf).values()].map(groupOf);
};

const groupOf = (cells: readonly GroupCell[]): RequestGroup => {
  const { labels, period, scoreBin } = cells[0]!;
  const voted = cells.filter(isVoted);
  const both = voted.filter(({ score }) => score.n > 0);
  // All from one pivot: the means of cells may differ in digits that they have not got by themselves.
  const { pivot } = cells.find(({ score }) => score.n > 0)?.score ?? { pivot: 0 };
  const fromPivot = ({ score }: GroupCell): Moments => ({ ...score, mean: score.pivot - pivot + score.mean });
  const all = pooled(cells, fromPivot);
  // Within a cell all human scores are one number.
  const human = pooled(voted, ({ logged, humanScore }) => ({ n: logged, mean: humanScore, m2: 0 }));
  const x = pooled(both, fromPivot);
  const y = pooled(both, ({ score, humanScore }) => ({ n: score.n, mean: humanScore, m2: 0 }));
  return {
    labels,
    period,
    scoreBin,
    logged: total(cells, ({ logged }) => logged),
    voted: total(voted, ({ logged }) => logged),
    exposed: total(cells, ({ exposed }) => exposed),
    exposedAndVoted: total(voted, ({ exposed }) => exposed),
    discarded: total(cells, ({ discarded }) => discarded),
    liked: total(voted, ({ logged, humanScore }) => (humanScore > 3 ? logged : 0)),
    disliked: total(voted, ({ logged, humanScore }) => (humanScore < 3 ? logged : 0)),
    score: { ...all, mean: pivot + all.mean },
    humanScore: human,
    both: {
      n: x.n,
      meanX: x.n === 0 ? 0 : pivot + x.mean,
      meanY: y.mean,
      m2X: x.m2,
      m2Y: y.m2,
      cXY: total(both, (cell) => cell.score.n * (fromPivot(cell).mean - x.mean) * (cell.humanScore - y.mean)),
    },
  };
};

type Voted = GroupCell & { readonly humanScore: number };

const isVoted = (cell: GroupCell): cell is Voted => cell.humanScore !== null;

const total = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);

/** The moments of all parts together: their mean first, and then the deviations from it. */
const pooled = <Item>(items: readonly Item[], momentsOf: (item: Item) => Moments): Moments => {
  const parts = items.map(momentsOf).filter(({ n }) => n > 0);
  const n = total(parts, (part) => part.n);
  if (n === 0) return { n, mean: 0, m2: 0 };
  const mean = total(parts, (part) => part.mean * (part.n / n));
  return { n, mean, m2: total(parts, (part) => part.m2 + part.n * (part.mean - mean) ** 2) };
};
