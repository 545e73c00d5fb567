import { spawnSync } from "node:child_process";

/** Whether packages of the system can be installed without asking anybody. */
export const isRootOnDebian = (): boolean =>
  process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
