import { describe, expect, test } from "vitest";
import { memoryStore } from "../memory-store.ts";
import type { LoggedRequest } from "../requests/fold-request.ts";
import type { Store } from "../store.ts";
import { type CompareJudgesOptions, compareJudges, type Judge } from "./compare-judges.ts";
import { judgedWorld, overpraising } from "./evaluator/fixtures/judged-world.ts";
import { retrainEvaluator } from "./retrain-evaluator.ts";

const compared = async (store: Store, options: CompareJudgesOptions) => {
  const answer = await compareJudges(store, { resamples: 300, ...options });
  if (answer.verdict === "not_enough_data") throw new Error(answer.lacking);
  return answer;
};

/** Sees through the praise of refunds that the evaluator falls for. */
const wise: Judge = ({ evalScores, metadata }: LoggedRequest) =>
  metadata?.topic === "refunds" ? 0.1 : evalScores.overall!;
/** Says what the evaluator says. */
const same: Judge = ({ evalScores }) => evalScores.overall!;
/** Any number, that has nothing to do with the output. */
const blind: Judge = ({ requestId }) => (Number(requestId.slice(4)) * 0.618034) % 1;

const world = judgedWorld(overpraising(5, 500));

describe("a judge", () => {
  test("that knows better is found, and one that knows nothing or nothing new is not", async () => {
    const { verdict, best, judges, present } = await compared(await world, { judges: { same, wise, blind } });
    expect([verdict, best]).toEqual(["better_judge", "wise"]);
    const [unchanged, better, guessing] = judges;
    expect(better!.reasons).toEqual([]);
    expect(better!.metrics.brier.value).toBeLessThan(present.metrics.brier.value!);
    expect(unchanged!.gains.brier.value).toBe(0);
    expect(unchanged!.reasons).toContain("no_gain");
    expect(guessing!.reasons).toEqual(expect.arrayContaining(["no_gain", "knows_nothing"]));
  });

  test("is not better for its scale: on one of its own it does as well as on that of the evaluator", async () => {
    const { judges } = await compared(await world, {
      judges: {
        wise,
        scaled: { judge: async (output) => 30 + 10 * (await wise(output)) },
        same: { judge: (output) => 100 * (output.evalScores.overall! - 5) },
      },
    });
    const [plain, scaled, own] = judges;
    expect(scaled!.metrics.brier.value).toBeCloseTo(plain!.metrics.brier.value!, 4);
    expect(scaled!.reasons).toEqual([]);
    expect(own!.gains.brier.value).toBeCloseTo(0, 4);
  });

  test("is read as it stands where it is asked about no training output", async () => {
    const calls: string[] = [];
    const { judges, present, calibratedOn, heldOut } = await compared(await world, {
      calibrateOn: 0,
      judges: {
        wise: {
          judge: (output) => {
            calls.push(output.requestId);
            return wise(output);
          },
          threshold: 0.6,
        },
        middle: { judge: async (output) => 10 * (await wise(output)), scoreRange: [0, 10] },
      },
    });
    expect([calibratedOn, present.curve]).toEqual([0, null]);
    expect(judges[0]).toMatchObject({ curve: null, threshold: 0.6, thresholdOf: "score" });
    expect(judges[1]).toMatchObject({ curve: null, threshold: 0.5, thresholdOf: "probability" });
    expect(judges[1]!.metrics.brier.value).toBeCloseTo(judges[0]!.metrics.brier.value!, 12);
    expect(calls).toHaveLength(heldOut.n);
  });

  test("that is the wrong way round is read the right way", async () => {
    const { judges } = await compared(await world, {
      judges: { contrary: async (output) => -(await wise(output)) },
    });
    expect(judges[0]!.curve).toMatchObject({ slope: expect.toSatisfy((slope: number) => slope < 0) });
    expect(judges[0]!.reasons).toEqual([]);
  });

  test("that says the same of all knows nothing", async () => {
    const { judges, verdict } = await compared(await world, { judges: { constant: () => 0.9 } });
    expect(verdict).toBe("keep_present");
    expect(judges[0]!.reasons).toContain("knows_nothing");
  });
});

describe("several judges", () => {
  test("have wider intervals, so that one of many is not better by luck", async () => {
    const alone = await compared(await world, { judges: { wise }, resamples: 1_000 });
    const ten = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`blind ${at}`, blind]));
    const many = await compared(await world, { judges: { wise, ...ten }, resamples: 1_000 });
    expect(alone.confidence).toBe(0.95);
    expect(many.confidence).toBeCloseTo(1 - 0.05 / 11, 12);
    const width = ({ judges }: typeof alone): number => {
      const [low, high] = judges[0]!.gains.brier.ci!;
      return high - low;
    };
    expect(width(many)).toBeGreaterThan(width(alone));
  });

  test("that know nothing are promoted no more often than one would be", async () => {
    let promoted = 0;
    const runs = 60;
    for (let seed = 1; seed <= runs; seed++) {
      const store = await judgedWorld({
        seed,
        requests: 100,
        likes: () => 0.6,
        score: (_quality, _topic, random) => random(),
      });
      const judges = Object.fromEntries(
        [0.618, 0.414, 0.732].map((step) => [
          `by ${step}`,
          ({ requestId }: LoggedRequest) => (Number(requestId.slice(4)) * step) % 1,
        ]),
      );
      const { verdict } = await compared(store, { judges, seed, resamples: 200 });
      if (verdict === "better_judge") promoted++;
    }
    expect(promoted).toBeLessThanOrEqual(runs / 20);
  }, 60_000);
});

test("judges are measured on the very outputs that a retraining holds out, and not on those left out", async () => {
  const asked = new Set<string>();
  const judge: Judge = (output) => {
    asked.add(output.requestId);
    return 0.5;
  };
  const report = await retrainEvaluator(await world, { resamples: 200 });
  if (report.verdict === "not_enough_data") throw new Error(report.lacking);
  await compared(await world, { judges: { judge }, calibrateOn: 0 });
  expect([...asked].sort()).toEqual(report.heldOut.requestIds.toSorted());

  const exclude = [...asked].slice(0, 10);
  asked.clear();
  const { dropped, n } = await compared(await world, { judges: { judge }, exclude });
  expect([dropped.excluded, n]).toEqual([10, report.n - 10]);
  expect(exclude.filter((id) => asked.has(id))).toEqual([]);
});

test("a judge sees no vote", async () => {
  const seen: LoggedRequest[] = [];
  await compared(await world, { judges: { judge: (output) => seen.push(output) }, calibrateOn: 0 });
  expect(new Set(seen.flatMap((output) => Object.keys(output)))).toEqual(
    new Set(["requestId", "timestamp", "prompt", "output", "evalScores", "model", "metadata"]),
  );
});

test("as many outputs are judged at once as is asked for, and each is told of", async () => {
  let [open, most] = [0, 0];
  const told: (readonly [string, number, number])[] = [];
  const judge: Judge = async ({ evalScores }) => {
    most = Math.max(most, ++open);
    await new Promise((resume) => setImmediate(resume));
    open--;
    return evalScores.overall!;
  };
  await compared(await world, {
    judges: { slow: judge },
    concurrency: 3,
    onProgress: (...progress) => told.push(progress),
  });
  expect(most).toBe(3);
  const all = told[0]![2];
  expect(told).toEqual(Array.from({ length: all }, (_, at) => ["slow", at + 1, all]));
});

test("what a judge throws is thrown, and nothing further is asked", async () => {
  let calls = 0;
  const failing: Judge = async () => {
    if (++calls === 5) throw new RangeError("no more credit");
    return 0.5;
  };
  await expect(compared(await world, { judges: { failing }, concurrency: 2 })).rejects.toThrow(
    "no more credit",
  );
  expect(calls).toBeLessThanOrEqual(6);
  await expect(compared(await world, { judges: { odd: () => Number.NaN } })).rejects.toMatchObject({
    code: "INVALID_QUERY",
  });
});

test("asks no more at once than there is to ask", async () => {
  const comparison = compared(await world, { judges: { same }, concurrency: Number.MAX_SAFE_INTEGER });
  expect(await comparison).toEqual(await compared(await world, { judges: { same } }));
});

test("stops when it is told to", async () => {
  const stop = new AbortController();
  const judge: Judge = () => {
    stop.abort(new Error("enough"));
    return 0.5;
  };
  await expect(compared(await world, { judges: { judge }, signal: stop.signal })).rejects.toThrow("enough");
});

test("too few labels are an answer, and no judge is asked", async () => {
  const store = await judgedWorld(overpraising(1, 49));
  const judge = (): number => {
    throw new Error("asked");
  };
  expect(await compareJudges(store, { judges: { judge } })).toMatchObject({
    verdict: "not_enough_data",
    lacking: "labels",
    needed: 50,
    have: 49,
  });
});

test.each([
  ["judges", { judges: {} }],
  ["judges", { judges: { none: 5 as unknown as Judge } }],
  ["judges", { judges: { none: null as unknown as Judge } }],
  ["judges", { judges: { same: { judge: same, threshold: Number.NaN } } }],
  ["scoreRange", { judges: { same: { judge: same, scoreRange: [1, 1] as const } } }],
  ["calibrateOn", { judges: { same }, calibrateOn: -1 }],
  ["concurrency", { judges: { same }, concurrency: 0 }],
  ["holdout", { judges: { same }, holdout: 0.9 }],
])("refuses %s that mean nothing", async (name, options) => {
  await expect(compareJudges(memoryStore(), options)).rejects.toMatchObject({
    code: "INVALID_QUERY",
    message: expect.stringContaining(name),
  });
});
