import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getFeedbackSummary, recordChange, type Store } from "@heed/core";
import { analyseHistory } from "../demo/analyse-history.ts";
import { castVote } from "../demo/cast-vote.ts";
import { closeLoop, summariseLoop } from "../demo/close-loop.ts";
import { describeFindings } from "../demo/describe-findings.ts";
import { describeLoop } from "../demo/describe-loop.ts";
import { loadHistory } from "../demo/load-history.ts";
import { recallHistory } from "../demo/recall-history.ts";
import type { SimulatedHistory } from "../demo/simulate-history.ts";
import { type Demo, startDemo } from "../demo/start-demo.ts";
import type { Command, Io } from "../io.ts";
import { portOption } from "../option-values.ts";
import { describeSummary } from "../output/describe-summary.ts";
import { formatCount } from "../output/format-number.ts";
import { parseOptions } from "../parse-options.ts";
import { createProgress } from "../progress.ts";
import { untilAborted } from "../until-aborted.ts";
import { withStore } from "../with-store.ts";

const usualPort = 4747;

const help = `Usage: heed demo [options]

Watch the loop run: a simulated history of four weeks goes through the HTTP endpoint into a store,
and the analyses say what its votes are worth, next to the truth that it was built with. Where the judge
is wrong, an evaluator is retrained, promoted, in use for two more weeks, and its effect measured. Then
a chat page waits for votes of your own. Ctrl-C stops it.

  --once         do it all without waiting for anybody, with one vote of its own, and stop
  --port N       the port on 127.0.0.1 (default: ${usualPort}); a free one is taken when it is in use
  --store STORE   where (default: a new SQLite file in a temporary folder)
`;

/** `heed demo`: the whole loop on a simulated history, then a page to vote on. */
export const demoCommand: Command = {
  summary: "watch the loop run on a simulated history and a chat page",
  help,
  run: async (args, io) => {
    const { values } = parseOptions(args, {
      once: { type: "boolean" },
      port: { type: "string" },
      store: { type: "string" },
    });
    const port = values.port === undefined ? usualPort : portOption(values.port);
    const folder = await mkdtemp(join(tmpdir(), "heed-demo-"));
    const path = values.store ?? join(folder, "heed.db");
    await withStore(path, { create: true }, async (store) => {
      const history = await recallHistory(store, new Date());
      const demo = await startDemo(store, port);
      try {
        io.stdout.write(`heed demo\n\n  store    ${path}\n  address  ${demo.url}/\n\n`);
        await tellHistory(store, demo, history, join(folder, "evaluators"), io);
        if (io.signal.aborted) return;
        if (values.once) {
          io.stdout.write(`\nOne real vote on a live answer, through HTTP\n\n${await castVote(demo)}`);
          return;
        }
        io.stdout.write(`\nNow vote: ${demo.url}/\nCtrl-C stops.\n`);
        await untilAborted(io.signal);
        io.stdout.write("\nStopped.\n");
      } finally {
        await demo.close();
      }
    });
    return 0;
  },
};

const tellHistory = async (
  store: Store,
  demo: Demo,
  history: SimulatedHistory,
  directory: string,
  io: Io,
): Promise<void> => {
  const { stdout, stderr, signal } = io;
  const load = async (sent: Parameters<typeof loadHistory>[0]): Promise<number> => {
    const progress = createProgress(stderr, 1_000);
    const onProgress = (done: number, all: number): void =>
      progress.show(`  ${formatCount(done)} of ${formatCount(all)} sent`, done);
    const stored = await loadHistory(sent, { ...demo, onProgress, signal });
    progress.end();
    return stored;
  };
  stdout.write("Four SIMULATED weeks, sent through the HTTP endpoint\n");
  const stored = await load(history);
  if (signal.aborted) return;

  await recordChange(store, history.change);
  const findings = await analyseHistory(store, history);
  stdout.write(
    `  ${formatCount(findings.requests)} requests, ${formatCount(findings.voted)} of them with feedback; ${stored === 0 ? "they were there already" : `${formatCount(stored)} records stored`}\n\n`,
  );
  stdout.write(describeFindings(findings));
  stdout.write(`\nSIMULATED  ${describeSummary(await getFeedbackSummary(store, mostTalkedOf(history)))}\n`);

  const loop = await closeLoop(store, history, { directory, load });
  if (signal.aborted) return;
  demo.show({ ...findings, loop: summariseLoop(loop) });
  stdout.write(describeLoop(loop, history.truth));
};

/** The request with the most events of those whose vote stands, to show what a summary can hold. */
const mostTalkedOf = ({ events }: SimulatedHistory): string => {
  const talks = [...Map.groupBy(events, ({ requestId }) => requestId).values()];
  const standing = talks.filter((talk) => talk.every(({ type }) => type !== "explicit_retraction"));
  return standing.reduce((most, talk) => (talk.length > most.length ? talk : most))[0]!.requestId;
};
