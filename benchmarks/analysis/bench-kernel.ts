import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pearson, spearman } from "@heed/core/stats";
import { median } from "simple-statistics";
import { exactPearson, exactSpearman } from "./exact-correlations.ts";

const n = 1_000_000;
const rounds = 9;
/** Rounds before those that count, in which either side warms up. */
const warmUp = 3;

/**
 * The correlations of a million pairs beside SciPy's, and how far they are from exact ones. Targets: Spearman at least
 * twice as fast, Pearson five times, errors of at most 1e-14, also with every score shifted by 10^6.
 */
export const benchKernel = (folder: string, python: string | undefined): void => {
  // Multiples of 2^-20 lose nothing when they are shifted, so that whatever changes is the method's own.
  const random = linear();
  const score = Float64Array.from({ length: n }, () => Math.floor(random() * 2 ** 20) / 2 ** 20);
  const rating = score.map((value) => 1 + Math.round(4 * (0.6 * value + 0.4 * random())));
  const shifted = score.map((value) => value + 1e6);

  const own = {
    pearson: measure(() => pearson(score, rating).r!),
    spearman: measure(() => spearman(score, rating).r!),
  };
  const moved = { pearson: pearson(shifted, rating).r!, spearman: spearman(shifted, rating).r! };
  const exact = { pearson: exactPearson(score, rating), spearman: exactSpearman(score, rating) };
  const theirs = python ? scipy(python, folder, score, rating) : undefined;
  const theirsMoved = python ? scipy(python, folder, shifted, rating) : undefined;
  if (!python) console.log("SciPy is skipped: no python3 with pandas and scipy was found");

  const row = (method: "pearson" | "spearman") => ({
    "heed ms": own[method].ms.toFixed(1),
    "SciPy ms": theirs?.[method].ms.toFixed(1),
    ratio: theirs && (theirs[method].ms / own[method].ms).toFixed(1),
    "heed's error": Math.abs(own[method].r - exact[method]).toExponential(1),
    "shifted by 10^6": Math.abs(moved[method] - exact[method]).toExponential(1),
    "SciPy's error": theirs && Math.abs(theirs[method].r - exact[method]).toExponential(1),
    "SciPy's, shifted": theirsMoved && Math.abs(theirsMoved[method].r - exact[method]).toExponential(1),
  });
  console.log(
    `\nThe kernel alone, ${n} pairs, median of ${rounds}; targets: ratios of 5 and 2, errors up to 1e-14`,
  );
  console.table({ pearson: row("pearson"), spearman: row("spearman") });
};

interface Measured {
  readonly ms: number;
  readonly r: number;
}

const measure = (method: () => number): Measured => {
  let r = Number.NaN;
  const times = Array.from({ length: warmUp + rounds }, () => {
    const started = performance.now();
    r = method();
    return performance.now() - started;
  });
  return { ms: median(times.slice(warmUp)), r };
};

const scipy = (
  python: string,
  folder: string,
  x: Float64Array,
  y: Float64Array,
): Record<"pearson" | "spearman", Measured> => {
  const file = join(folder, "pairs.f64");
  writeFileSync(file, Buffer.concat([Buffer.from(x.buffer), Buffer.from(y.buffer)]));
  const script = fileURLToPath(new URL("run_kernel.py", import.meta.url));
  return JSON.parse(
    execFileSync(python, [script, file, String(n), String(warmUp), String(rounds)], { encoding: "utf8" }),
  );
};

const linear = () => {
  let state = 11;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};
