import { spawnSync } from "node:child_process";

/** wrk drives the load: a client written in JavaScript would itself be what is measured. */
export const ensureWrk = (): void => {
  if (spawnSync("wrk", ["-v"]).error === undefined) return;
  spawnSync("apt-get update && apt-get install --yes wrk", { shell: true, stdio: "inherit" });
  if (spawnSync("wrk", ["-v"]).error) throw new Error("wrk is needed: https://github.com/wg/wrk");
};
