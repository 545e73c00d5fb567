import { spawnSync } from "node:child_process";

/** A Python that has pandas and SciPy, as Debian's python3-pandas and python3-scipy give to the system's. */
export const findPython = (): string | undefined =>
  ["python3", "/usr/bin/python3"].find(
    (command) => spawnSync(command, ["-c", "import pandas, scipy.stats"]).status === 0,
  );
