import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));

/** Starts `heed` from its sources in a process of its own, and waits until it prints its address. */
export const startCli = (...argv: string[]): Promise<{ process: ChildProcess; url: string }> => {
  const child = spawn(process.execPath, ["--conditions=@heed/source", main, ...argv], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: Buffer): void => {
      output += chunk;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (url) resolve({ process: child, url });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("exit", (code) => reject(new Error(`heed ${argv[0]} ended with ${code}: ${output}`)));
  });
};
