import { expect, test } from "vitest";
import { memoryStore } from "../memory-store.ts";
import { randomSource } from "../stats/random-source.ts";
import { addTo, change, storeOf, type Told } from "./fixtures/store-of.ts";
import { measureImprovementFromChange } from "./measure-improvement-from-change.ts";

/** Skewed, as scores are, with mean 0 and standard deviation 1. */
const noiseOf = (random: () => number) => (): number => -Math.log(1 - random()) - 1;

test("95 % intervals cover the truth in 93 to 97.5 % of worlds: Welch's, adjusted, and of differences", async () => {
  const random = randomSource(1);
  const noise = noiseOf(random);
  const effect = 0.3;
  const season = 0.2;
  /** Hard requests score 1 lower, and are a larger part of what the measured users ask after the change. */
  const sideOf = (date: number, userCohort: string, n: number, hardShare: number, shift: number) =>
    Array.from({ length: n }, (): Told => {
      const isHard = random() < hardShare;
      const score = (isHard ? -1 : 0) + shift + (isHard ? 0.5 : 0.8) * noise();
      return { date, score, labels: { userCohort, topic: isHard ? "hard" : "easy" } };
    });

  const truth = { welch: effect + season - 0.2, adjusted: effect + season, ofDifferences: effect };
  const covered = { welch: 0, adjusted: 0, ofDifferences: 0 };
  const worlds = 600;
  for (let world = 0; world < worlds; world++) {
    const store = await storeOf([
      ...sideOf(9, "new", 40, 0.4, 0),
      ...sideOf(10, "new", 30, 0.6, effect + season),
      ...sideOf(9, "holdout", 30, 0.5, 0),
      ...sideOf(10, "holdout", 40, 0.5, season),
    ]);
    const answer = await measureImprovementFromChange(store, {
      ...change,
      adjustFor: ["topic"],
      control: { label: "userCohort", value: "holdout" },
    });
    if (!("ci" in answer)) throw new Error(answer.verdict);
    const intervals = {
      welch: answer.ci,
      adjusted: answer.mixAdjustment!.ci!,
      ofDifferences: answer.differenceInDifferences!.ci!,
    };
    for (const name of ["welch", "adjusted", "ofDifferences"] as const) {
      const [low, high] = intervals[name];
      if (low <= truth[name] && truth[name] <= high) covered[name]++;
    }
  }
  for (const times of Object.values(covered)) {
    expect(times / worlds).toBeGreaterThanOrEqual(0.93);
    expect(times / worlds).toBeLessThanOrEqual(0.975);
  }
});

test("30 looks at no change raise a false alarm in at most 5 %, and in more than 15 % to who takes each for the only one", async () => {
  const random = randomSource(2);
  const noise = noiseOf(random);
  const worlds = 80;
  const alarms = { sequence: 0, once: 0 };
  for (let world = 0; world < worlds; world++) {
    const store = memoryStore();
    const told = (date: number, n: number) => Array.from({ length: n }, () => ({ date, score: noise() }));
    await addTo(store, told(9, 100), 0);
    const alarmed = { sequence: false, once: false };
    for (let look = 0; look < 30; look++) {
      await addTo(store, told(10, 6), 100 + 6 * look);
      const answer = await measureImprovementFromChange(store, { ...change, looks: 30 });
      if (!("ci" in answer)) throw new Error(answer.verdict);
      // What one look would say: the answer without `looks` has the same interval.
      alarmed.once ||= answer.ci[0] > 0 || answer.ci[1] < 0;
      alarmed.sequence ||= answer.significant;
    }
    if (alarmed.once) alarms.once++;
    if (alarmed.sequence) alarms.sequence++;
  }
  expect(alarms.sequence / worlds).toBeLessThanOrEqual(0.05);
  expect(alarms.once / worlds).toBeGreaterThan(0.15);
});
