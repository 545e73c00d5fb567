import { expect, test } from "vitest";
import { randomSource } from "../stats/random-source.ts";
import { change, day, storeOf, type Told } from "./fixtures/store-of.ts";
import { measureImprovementFromChange } from "./measure-improvement-from-change.ts";
import { recordChange } from "./record-change.ts";

const told = (date: number, topic: string, scores: readonly number[]): readonly Told[] =>
  scores.map((score) => ({ date, score, labels: { topic } }));
const segment = { label: "topic", value: "refunds" };

const requests = [
  ...told(9, "refunds", [1, 2, 3]),
  ...told(9, "greetings", [4, 5, 6]),
  ...told(9, "billing", [5, 7, 6, 6]),
  ...told(10, "refunds", [3, 4, 2]),
];

const measure = async (options: object, store = storeOf(requests)) =>
  measureImprovementFromChange(await store, { ...change, segment, ...options });

test("is flagged when the change was chosen for the segment that is measured, and only then", async () => {
  expect(await measure({ chosenFor: segment })).toMatchObject({ regressionToTheMean: true });
  for (const chosenFor of [
    { label: "topic", value: "billing" },
    { label: "model", value: "refunds" },
    undefined,
  ])
    expect(await measure({ chosenFor })).toMatchObject({
      regressionToTheMean: false,
      expectedRegression: null,
    });
  expect(await measure({ chosenFor: segment, segment: undefined })).toMatchObject({
    regressionToTheMean: false,
  });
});

test("is flagged when the change was recorded as made for that segment", async () => {
  const store = await storeOf(requests);
  const made = { change: change.change, timestamp: day(10) };
  await recordChange(store, { ...made, segment: { label: "topic", value: "billing" } });
  await recordChange(store, { ...made, change: "another", segment });
  expect(await measure({}, Promise.resolve(store))).toMatchObject({ regressionToTheMean: false });
  await recordChange(store, { ...made, segment });
  expect(await measure({}, Promise.resolve(store))).toMatchObject({ regressionToTheMean: true });
});

test("the expected regression is the distance to the mean of all, times what is not reliable of it", async () => {
  const answer = await measure({ chosenFor: segment });
  // numpy: within 6 / 7, of means 28.5 / 2, typical size (10 - 34 / 10) / 2, mean 4.5
  expect("expectedRegression" in answer && answer.expectedRegression).toBeCloseTo(0.16442451420029894, 12);
});

test("two segments, or segments of one value each, leave it unknown", async () => {
  const known = async (before: readonly Told[]) => {
    const store = storeOf([...before, ...told(10, "refunds", [3, 4])]);
    const answer = await measure({ chosenFor: segment }, store);
    expect(answer).toMatchObject({ regressionToTheMean: true });
    return "expectedRegression" in answer && answer.expectedRegression;
  };
  const two = [...told(9, "refunds", [1, 2, 3]), ...told(9, "billing", [4, 5, 6])];
  expect(await known(two)).toBeNull();
  expect(await known([...two, ...told(9, "", [3])])).toBeGreaterThan(0);
  expect(await known([...two, { date: 9, score: 3 }])).toBeNull();
});

test("segments that never vary within are as reliable as can be", async () => {
  const steady = [1, 2, 3].flatMap((score) => told(9, ["refunds", "b", "c"][score - 1]!, [score, score]));
  const answer = await measure({ chosenFor: segment }, storeOf([...steady, ...told(10, "refunds", [1, 2])]));
  expect(answer).toMatchObject({ regressionToTheMean: true, expectedRegression: 0 });
});

test("over many worlds, the worst of the segments gets better by what was expected, with no change at all", async () => {
  const random = randomSource(7);
  const noise = (): number => random() + random() + random() - 1.5;
  const topics = Array.from({ length: 12 }, (_, at) => `topic ${at}`);
  const world = async () => {
    const means = topics.map(() => 0.3 * noise());
    const scores = (at: number): readonly number[] => Array.from({ length: 15 }, () => means[at]! + noise());
    const before = topics.map((_, at) => scores(at));
    const observed = before.map((values) => values.reduce((sum, value) => sum + value, 0));
    const worst = observed.indexOf(Math.min(...observed));
    const store = storeOf([
      ...topics.flatMap((topic, at) => told(9, topic, before[at]!)),
      ...told(10, topics[worst]!, scores(worst)),
    ]);
    const chosen = { label: "topic", value: topics[worst]! };
    const answer = await measure({ segment: chosen, chosenFor: chosen }, store);
    if (!("expectedRegression" in answer)) throw new Error(answer.verdict);
    return { difference: answer.difference, expected: answer.expectedRegression! };
  };
  const worlds = await Promise.all(Array.from({ length: 1500 }, world));
  const mean = (pick: (world: { difference: number; expected: number }) => number) =>
    worlds.reduce((sum, one) => sum + pick(one), 0) / worlds.length;
  expect(mean(({ difference }) => difference)).toBeGreaterThan(0.1);
  expect(mean(({ expected }) => expected)).toBeCloseTo(
    mean(({ difference }) => difference),
    1,
  );
}, 30_000);
