import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const script = fileURLToPath(new URL("vote.lua", import.meta.url));

export interface Load {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers other than 2xx and 3xx, and connections that broke. */
  readonly errors: number;
}

/** Puts a server under the load of 50 connections. Runs with different `series` send different ids. */
export const runWrk = async (url: string, seconds: number, series: number): Promise<Load> => {
  const options = ["--threads", "1", "--connections", "50", "--duration", `${seconds}s`, "--latency"];
  const { stdout } = await promisify(execFile)("wrk", [
    ...options,
    "--script",
    script,
    url,
    "--",
    `${series}`,
  ]);
  return {
    requests: numberIn(stdout, /(\d+) requests in/),
    perSecond: numberIn(stdout, /Requests\/sec:\s+([\d.]+)/),
    p50Ms: millisecondsIn(stdout, "50%"),
    p99Ms: millisecondsIn(stdout, "99%"),
    errors: numberIn(stdout, /Non-2xx or 3xx responses: (\d+)/) + numberIn(stdout, /read (\d+), write/),
  };
};

const numberIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? 0);

const millisecondsIn = (text: string, percentile: string): number => {
  const [, value, unit] = new RegExp(`${percentile}\\s+([\\d.]+)(us|ms|s)`).exec(text) ?? [];
  return Number(value) * { us: 0.001, ms: 1, s: 1_000 }[unit as "us" | "ms" | "s"];
};
