import { describe, expect, it } from "vitest";
import { relativeError } from "../packages/core/src/stats/fixtures/relative-error.ts";
import { ppiMean } from "../packages/core/src/stats/ppi-mean.ts";
import { parseJsonLines, readSharedData } from "./support/read-shared-data.ts";

interface Row {
  readonly human: { readonly overall: number };
  readonly judge: { readonly overall: number };
}
interface Estimate {
  readonly estimate: number;
  readonly ci95: readonly [number, number];
}
type Expected = Readonly<Record<"classical_lam0" | "ppi_lam1" | "ppi++", Estimate>>;

const rowsText = readSharedData("unieval_topical_chat.jsonl");
const oracleText = readSharedData("oracle_methods.json");

/** `ppi_py.ppi_mean_pointestimate` and `ppi_mean_ci` at bd90caad, of 360 human ratings, 60 of which are shown. */
describe.runIf(rowsText !== null && oracleText !== null)("60 of 360 real ratings, and a judge on all", () => {
  const rows = parseJsonLines<Row>(rowsText ?? "");
  const oracle: Record<string, Expected> = JSON.parse(oracleText ?? "{}");
  const judged = rows.map(({ judge }) => judge.overall);
  const [least, most] = [Math.min(...judged), Math.max(...judged)];
  const scores = judged.map((score) => 1 + (4 * (score - least)) / (most - least));
  const ratings = rows.map(({ human }) => human.overall);

  const estimateFrom = (isLabelled: (i: number) => boolean, lambda: number | "optimal") => {
    const isHidden = (_: number, i: number): boolean => !isLabelled(i);
    const isShown = (_: number, i: number): boolean => isLabelled(i);
    const labelled = { y: ratings.filter(isShown), f: scores.filter(isShown) };
    return ppiMean(labelled, { f: scores.filter(isHidden) }, { lambda });
  };

  it.each([
    ["ppi", (i: number) => i % 6 === 0],
    ["ppi_pseudorandom", (i: number) => (i * 7919) % 360 < 60],
  ] as const)("have the estimates and intervals of ppi_py, labelled as in %s", (name, isLabelled) => {
    for (const [method, lambda] of [
      ["classical_lam0", 0],
      ["ppi_lam1", 1],
      ["ppi++", "optimal"],
    ] as const) {
      const expected = oracle[name]![method];
      const { estimate, ci, nLabelled, nUnlabelled } = estimateFrom(isLabelled, lambda);
      expect([nLabelled, nUnlabelled]).toEqual([60, 300]);
      expect(relativeError(estimate, expected.estimate)).toBeLessThan(1e-12);
      expect(relativeError(ci![0], expected.ci95[0])).toBeLessThan(1e-12);
      expect(relativeError(ci![1], expected.ci95[1])).toBeLessThan(1e-12);
    }
  });

  it("find the mean of all 360 when drawn at random, and miss it when all come from one system", () => {
    const truth = ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
    const random = estimateFrom((i) => (i * 7919) % 360 < 60, "optimal");
    const oneSystem = estimateFrom((i) => i % 6 === 0, "optimal");
    expect(random.ci![0]).toBeLessThan(truth);
    expect(random.ci![1]).toBeGreaterThan(truth);
    expect(random.effectiveLabelMultiplier).toBeGreaterThan(1.4);
    expect(oneSystem.ci![0]).toBeGreaterThan(truth);
  });
});
