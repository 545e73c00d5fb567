import { calibratedMean, hajekMean, kishEffectiveSize, postStratify, rake } from "@heed/core/stats";
import { describe, expect, it } from "vitest";
import { readSharedData } from "./support/read-shared-data.ts";

const data = { sample: readSharedData("survey_sample.csv"), expected: readSharedData("survey_expected.txt") };

/** The columns of the file, which quotes nothing, and which of its rows answered. */
const readSample = () => {
  const lines = data
    .sample!.trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(","));
  const margin = (column: number) => {
    const names = [...new Set(lines.map((line) => line[column]!))];
    const population = names.map((name) => lines.filter((line) => line[column] === name).length);
    return { code: answered.map((line) => names.indexOf(line[column]!)), population };
  };
  const answered = lines.filter((line) => line[4] === "1");
  return { system: margin(1), region: margin(2), values: answered.map((line) => Number(line[3])) };
};

/** The numbers of a line, those behind its name. */
const numbersOf = (name: string): number[] => {
  const line = data.expected!.split("\n").find((line) => line.startsWith(name))!;
  return line
    .slice(name.length)
    .match(/\d+\.\d+/g)!
    .map(Number);
};

describe.runIf(!Object.values(data).includes(null))("80 answers of 360, weighted as by R's survey", () => {
  it("agree in the plain mean", () => {
    const { values } = readSample();
    const [mean, standardError, effectiveSize] = numbersOf("unweighted");
    const answer = hajekMean(
      values,
      values.map(() => 1),
    );
    expect(answer.mean).toBeCloseTo(mean!, 9);
    expect(answer.standardError).toBeCloseTo(standardError!, 9);
    expect(answer.effectiveSize).toBe(effectiveSize);
  });

  it.each(["postStratify(system)", "rake(system,region)"])("agree after %s", (name) => {
    const { system, region, values } = readSample();
    const calibration =
      name === "rake(system,region)"
        ? rake([system, region])
        : postStratify({ stratum: system.code, population: system.population });
    if (!calibration.weights) throw new Error(calibration.reason);
    const [mean, standardError, effectiveSize] = numbersOf(name);
    const answer = calibratedMean(values, calibration);
    expect(answer.mean).toBeCloseTo(mean!, 9);
    expect(answer.standardError).toBeCloseTo(standardError!, 9);
    expect(kishEffectiveSize(calibration.weights)).toBeCloseTo(effectiveSize!, 7);
  });

  it("agree in the raked weights", () => {
    const { system, region } = readSample();
    const raked = rake([system, region]).weights!;
    const expected = data.expected!.trim().split("\n").at(-1)!.split(" ").map(Number);
    expect(expected).toHaveLength(5);
    expected.forEach((weight, i) => {
      expect(raked[i]).toBeCloseTo(weight, 8);
    });
  });
});
