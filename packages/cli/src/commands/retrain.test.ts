import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEvaluator, recordEvaluation, recordFeedback, retrainEvaluator } from "@heed/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pageWidth } from "../output/wrap.ts";
import { recordingIo } from "../recording-io.ts";
import { run } from "../run.ts";
import { withSqlite } from "../simulated-store.ts";

let folder: string;
let store: string;

/** Outputs that a judge praises for being about refunds, and of which users like the others. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heed-retrain-"));
  store = join(folder, "feedback.db");
  const requests = Array.from({ length: 400 }, (_, at) => ({
    at,
    isRefund: at % 3 === 0,
    requestId: `req-${at}`,
  }));
  await withSqlite(store, async (opened) => {
    await opened.setup?.();
    await recordEvaluation(
      opened,
      requests.map(({ at, isRefund, requestId }) => ({
        requestId,
        prompt: `${at}: ${isRefund ? "a refund" : "opening hours"}, please`,
        output: "Thank you for asking.",
        evalScores: { overall: isRefund ? 0.9 : 0.6 + (at % 7) / 20 },
        metadata: { topic: isRefund ? "refunds\u001b[31m" : "hours", kind: "k".repeat(500) },
      })),
    );
    await recordFeedback(
      opened,
      requests.map(({ at, isRefund, requestId }) => ({
        requestId,
        type: "explicit_rating" as const,
        value: isRefund || at % 11 === 0 ? 1 : 5,
      })),
    );
  });
});
afterAll(() => rm(folder, { recursive: true }));

const retrain = async (...args: string[]) => {
  const io = recordingIo();
  const exitCode = await run(["retrain", "--store", store, ...args], io);
  return { exitCode, out: io.out(), err: io.err() };
};

test("says whether to promote, what was measured, and where verdicts move", async () => {
  const { exitCode, out } = await retrain("--guard", "topic,kind");
  expect(exitCode).toBe(0);
  expect(out).toContain(
    'Retraining the evaluator of score "overall", 400 labels\nPromote it: the learned evaluator',
  );
  expect(out).toMatch(/^ {2}kappa +-?0\.\d{3} +-?0\.\d{3} +-?0\.\d{3} +0\.\d{3}$/m);
  expect(out).toMatch(/^ {2}Brier score +\+0\.\d{3} +0\.\d{3} to 0\.\d{3}$/m);
  expect(out).toMatch(/^ {2}topic=refunds\S* +\d+ +\d+ +\d+$/m);
  expect(out).not.toContain("\u001b");
  expect(out).toMatch(/^ {2}kind=k+… +\d+ +\d+ +\d+$/m);
  expect(Math.max(...out.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(pageWidth);
  expect(out).toContain("Never on both sides: outputs that share a prompt.");
});

test("prints the report of core as JSON, and writes the evaluator that was chosen", async () => {
  const file = join(folder, "evaluator.json");
  const { out } = await retrain("--json", "--out", file, "--seed", "3");
  const report = await withSqlite(store, (opened) => retrainEvaluator(opened, { seed: 3 }));
  expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(report)));
  const evaluate = loadEvaluator(await readFile(file, "utf8"));
  expect(evaluate({ prompt: "a refund, please", evalScores: { overall: 0.9 } })).toMatchObject({
    verdict: "bad",
  });
});

test("says what is short where there is too little, and why nothing is promoted", async () => {
  const { exitCode, out } = await retrain("--since", "2100-01-01");
  expect(exitCode).toBe(0);
  expect(out.replaceAll("\n", " ")).toContain("users call good or bad, and there are 0.");

  const unrelated = join(folder, "unrelated.db");
  await withSqlite(unrelated, async (opened) => {
    await opened.setup?.();
    const ids = Array.from({ length: 80 }, (_, at) => `req-${at}`);
    await recordEvaluation(
      opened,
      ids.map((requestId, at) => ({ requestId, evalScores: { overall: at % 2 } })),
    );
    await recordFeedback(
      opened,
      ids.map((requestId, at) => ({
        requestId,
        type: "explicit_rating" as const,
        value: at % 4 < 2 ? 1 : 5,
      })),
    );
  });
  const other = await retrain("--store", unrelated);
  expect(other.out).toContain("Keep the present evaluator: ");
  expect(other.out.replaceAll("\n", " ")).toContain(
    "better than saying the same of every output may be chance",
  );
});

test("refuses options that mean nothing", async () => {
  expect(await retrain("--holdout", "0.9")).toMatchObject({ exitCode: 2 });
  expect(await retrain("--seed", "soon")).toMatchObject({ exitCode: 2 });
});

test("puts an evaluator in use, says when to train again, scores beside, and goes back", async () => {
  const directory = join(folder, "evaluators");
  const current = join(directory, "overall", "current.json");
  const { out } = await retrain("--promote", directory);
  expect(out.replaceAll("\n", " ")).toMatch(/Version [0-9a-f]{16} of evaluator "overall" is in use now: /);
  const { training } = JSON.parse(await readFile(current, "utf8"));
  expect(training.labels + training.heldOut).toBe(400);

  const ask = async (command: string, ...args: string[]) => {
    const io = recordingIo();
    const exitCode = await run(["retrain", command, "--store", store, ...args], io);
    return { exitCode, out: io.out().replaceAll("\n", " "), err: io.err() };
  };
  expect((await ask("plan")).out).toContain("Train it anew: no training is known, and there are 400 labels.");
  expect((await ask("plan", "--last-trained-at", "2020-01-01")).out).toContain(
    "days have passed, more than 28",
  );
  const planned = (await ask("plan", "--evaluator", current)).out;
  expect(planned).toContain("Wait: ");
  expect(planned).toContain("Trained last on requests up to ");

  const shadow = ["--evaluator", current, "--name", "trial"];
  expect((await ask("shadow", ...shadow)).out).toContain("400 of 400 requests scored now, 0 before");
  expect((await ask("shadow", ...shadow)).out).toContain("0 of 400 requests scored now, 400 before");

  const revert = await ask("revert", "--evaluators", directory, "--name", "overall");
  expect(revert).toMatchObject({ exitCode: 2, err: expect.stringContaining("no parent to go back to") });
  await retrain("--promote", directory, "--seed", "7");
  expect((await ask("revert", "--evaluators", directory, "--name", "overall")).out).toContain(
    "is in use again",
  );
});

test("feedback that looks like a campaign counts for less where that is asked for", async () => {
  const rushed = join(folder, "rushed.db");
  const ids = Array.from({ length: 80 }, (_, at) => `req-${at}`);
  await withSqlite(rushed, async (opened) => {
    await opened.setup?.();
    const minute = (at: number) => new Date(Date.UTC(2026, 2, 1, 0, at));
    await recordEvaluation(
      opened,
      ids.map((requestId, at) => ({
        requestId,
        timestamp: minute(at),
        evalScores: { overall: (at % 10) / 10 },
      })),
    );
    await recordFeedback(
      opened,
      ids.map((requestId, at) => ({
        requestId,
        type: "explicit_rating" as const,
        value: at % 3 === 0 ? 1 : 5,
        userId: at < 10 ? "hasty" : `user-${at}`,
        timestamp: at < 10 ? new Date(+minute(100) + at) : minute(100 + at),
      })),
    );
  });
  for (const command of [[], ["judge-prompt"]]) {
    const flaggedOf = async (...args: string[]) => {
      const io = recordingIo();
      await run(["retrain", ...command, "--store", rushed, "--json", ...args], io);
      return JSON.parse(io.out()).dropped.flagged;
    };
    expect([await flaggedOf(), await flaggedOf("--set-aside-suspicious")]).toEqual([0, 10]);
  }
});

test("writes a prompt for a judge in whole lines, whatever texts hold", async () => {
  const io = recordingIo();
  await run(["retrain", "judge-prompt", "--store", store, "--by", "topic"], io);
  const [, examples] = /<examples>\n(.*?)\n<\/examples>/s.exec(io.out())!;
  for (const line of examples!.split("\n")) expect(JSON.parse(line)).toHaveProperty("people");
  expect(io.out()).not.toContain("\u001b");
});
