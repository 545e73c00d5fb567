import { spawnSync } from "node:child_process";

/** A Python that can import some modules, as Debian's packages of them give to the system's. */
export const findPython = (modules: string): string | undefined =>
  ["python3", "/usr/bin/python3"].find(
    (command) => spawnSync(command, ["-c", `import ${modules}`]).status === 0,
  );
