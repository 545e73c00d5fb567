import { execFileSync } from "node:child_process";

/** Runs a program in a process of its own; the last line that it prints is its measurement. */
export const measureProcess = <Run>(command: string, ...args: (string | number)[]): Run => {
  const printed = execFileSync(command, args.map(String), { encoding: "utf8", maxBuffer: 1e8 });
  return JSON.parse(printed.trim().split("\n").at(-1)!);
};
