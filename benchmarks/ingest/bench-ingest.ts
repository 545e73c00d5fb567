import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { geometricMean, median } from "simple-statistics";
import { ensureWrk } from "./ensure-wrk.ts";
import { runWrk } from "./run-wrk.ts";

/** Short turns in rotation: on a shared machine, only figures of the same few seconds can be compared. */
const rounds = 8;
const [warmUpSeconds, seconds] = [4, 2];

const variants = {
  "bare node:http, 204": ["serve-bare.ts"],
  "heed, synchronous=FULL": ["serve-heed.ts"],
  "Express + knex, FULL": ["serve-express-knex.js", "FULL"],
  "Express + knex, NORMAL": ["serve-express-knex.js", "NORMAL"],
} as const;

type Name = keyof typeof variants;

interface Run {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly perCpuSecond: number;
  readonly peakMb: number;
}

/** One variant in a process of its own, on a fresh file. */
const start = async (name: Name, folder: string) => {
  const [file, ...options] = variants[name];
  const server = fork(
    new URL(file, import.meta.url),
    [join(folder, `${name.replaceAll(/\W/g, "")}.db`), ...options],
    {
      execArgv: ["--conditions=@heed/source"],
    },
  );
  const [{ port }] = await once(server, "message");
  const usage = async () => {
    server.send("usage");
    const [{ cpu, peakKb }] = await once(server, "message");
    return { cpuSeconds: (cpu.user + cpu.system) / 1e6, peakMb: peakKb / 1024 };
  };
  return { server, usage, url: `http://127.0.0.1:${port}` };
};

const measure = async ({ usage, url }: Awaited<ReturnType<typeof start>>, series: number): Promise<Run> => {
  const before = await usage();
  const load = await runWrk(url, series === 0 ? warmUpSeconds : seconds, series);
  const after = await usage();
  if (load.errors > 0) throw new Error(`${load.errors} requests were answered with an error`);
  return {
    ...load,
    perCpuSecond: load.requests / (after.cpuSeconds - before.cpuSeconds),
    peakMb: after.peakMb,
  };
};

/**
 * Events a second of `POST /v1/feedback`, one event a request over 50 connections, side by side. Targets: at
 * least 0.5 of a bare server that answers 204, and at least 4 times Express with a knex insert a request that is as
 * durable; without that, with `synchronous=NORMAL`, it stands beside them for comparison.
 */
export const benchIngest = async (): Promise<void> => {
  ensureWrk();
  const names = Object.keys(variants) as Name[];
  const runs = new Map<Name, Run[]>(names.map((name) => [name, []]));
  const folder = mkdtempSync(join(tmpdir(), "heed-bench-"));
  const servers = new Map<Name, Awaited<ReturnType<typeof start>>>();
  try {
    for (const name of names) {
      servers.set(name, await start(name, folder));
      await measure(servers.get(name)!, 0);
    }
    for (let round = 1; round <= rounds; round++) {
      for (const name of names) runs.get(name)!.push(await measure(servers.get(name)!, round));
      const line = names.map((name) => `${name} ${Math.round(runs.get(name)!.at(-1)!.perSecond)}`);
      process.stderr.write(`round ${round} of ${rounds}: ${line.join("; ")}\n`);
    }
  } finally {
    for (const { server } of servers.values()) server.kill();
    rmSync(folder, { recursive: true });
  }

  console.log(`\nIngest: one event a request, 50 connections, median of ${rounds} turns of ${seconds} s`);
  console.log(execFileSync("uname", ["-srm"], { encoding: "utf8" }).trim(), `Node ${process.version}`);
  console.table(
    Object.fromEntries(
      names.map((name) => {
        const of = (field: keyof Run) => median(runs.get(name)!.map((run) => run[field]));
        return [
          name,
          {
            "events/s": Math.round(of("perSecond")),
            "p50 ms": Number(of("p50Ms").toFixed(1)),
            "p99 ms": Number(of("p99Ms").toFixed(1)),
            "events/CPU-s": Math.round(of("perCpuSecond")),
            "peak MB": Math.round(of("peakMb")),
          },
        ];
      }),
    ),
  );

  const heed = runs.get("heed, synchronous=FULL")!;
  for (const [name, target] of [
    ["bare node:http, 204", 0.5],
    ["Express + knex, FULL", 4],
    ["Express + knex, NORMAL", undefined],
  ] as const) {
    const ratios = heed.map((run, round) => run.perSecond / runs.get(name)![round]!.perSecond);
    const mean = geometricMean(ratios);
    const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    const judged = target && `; target at least ${target}: ${mean >= target ? "met" : "MISSED"}`;
    console.log(`heed / ${name}: ${mean.toFixed(2)} (${range})${judged ?? ""}`);
  }
};
