/** `npm run test:faults [-- RUNS [FIRST_SEED]]`: the seeded bad days of `tests/faults`, 1,000 of them unless told. */
import { spawnSync } from "node:child_process";

const [runs = "1000", firstSeed = "1"] = process.argv.slice(2);
const config = ["--config", "vitest.workspace.ts", "--project", "end-to-end"];
const { status } = spawnSync("vitest", ["run", ...config, "tests/faults/fault-runs.test.ts"], {
  stdio: "inherit",
  env: { ...process.env, HEED_FAULT_RUNS: runs, HEED_FAULT_SEED: firstSeed },
});
process.exitCode = status ?? 1;
