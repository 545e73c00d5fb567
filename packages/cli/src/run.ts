import { readFileSync } from "node:fs";
import { isHeedError } from "@heed/core";
import { correlateCommand } from "./commands/analyze/correlate.ts";
import { impactCommand } from "./commands/analyze/impact.ts";
import { analyzeCommand } from "./commands/analyze.ts";
import { changeCommand } from "./commands/change.ts";
import { copyCommand } from "./commands/copy.ts";
import { decideCommand } from "./commands/decide.ts";
import { demoCommand } from "./commands/demo.ts";
import { exportCommand } from "./commands/export.ts";
import { importCommand } from "./commands/import.ts";
import { retainCommand } from "./commands/retain.ts";
import { retrainCommand } from "./commands/retrain.ts";
import { serveCommand } from "./commands/serve.ts";
import { themesCommand } from "./commands/themes.ts";
import { userCommand } from "./commands/user.ts";
import type { Command, Io } from "./io.ts";
import { listCommands } from "./list-commands.ts";
import { packageFile } from "./package-file.ts";
import { printable } from "./printable.ts";
import { isUsageError, usageError } from "./usage-error.ts";

const commands: ReadonlyMap<string, Command> = new Map([
  ["demo", demoCommand],
  ["serve", serveCommand],
  ["import", importCommand],
  ["analyze", analyzeCommand],
  ["correlate", correlateCommand],
  ["impact", impactCommand],
  ["themes", themesCommand],
  ["decide", decideCommand],
  ["retrain", retrainCommand],
  ["export", exportCommand],
  ["change", changeCommand],
  ["copy", copyCommand],
  ["user", userCommand],
  ["retain", retainCommand],
]);

/**
 * Runs one command line, and gives the exit code: 0 when it did what was asked, 1 when it failed, 2 when the
 * command line was wrong. What went wrong is one line on stderr.
 *
 * @param argv What follows the name of the program.
 *
 * @example
 * process.exitCode = await run(["correlate", "--store", "heed.db"], { ...process, signal });
 */
export const run = async (argv: readonly string[], io: Io): Promise<number> => {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    const message = describe(error);
    if (message === undefined) throw error;
    io.stderr.write(`heed: ${printable(message)}\n`);
    return isUsageError(error) || isHeedError(error, "INVALID_QUERY") ? 2 : 1;
  }
};

const dispatch = async ([name, ...args]: readonly string[], io: Io): Promise<number> => {
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    (name ? io.stdout : io.stderr).write(overview());
    return name ? 0 : 2;
  }
  if (name === "--version") {
    io.stdout.write(`${version()}\n`);
    return 0;
  }
  const command = commands.get(name);
  if (!command) throw usageError(`no command is called ${name}; heed --help lists them`);
  return runCommand(command, name, args, io);
};

const runCommand = async (
  command: Command,
  name: string,
  args: readonly string[],
  io: Io,
): Promise<number> => {
  const [word = "-", ...others] = args;
  if (command.subcommands && !word.startsWith("-")) {
    const subcommand = command.subcommands.get(word);
    if (!subcommand) throw usageError(`heed ${name} has no ${word}; heed ${name} --help lists what it has`);
    return runCommand(subcommand, `${name} ${word}`, others, io);
  }
  if (args.includes("--help") || args.includes("-h")) {
    io.stdout.write(command.help);
    return 0;
  }
  return command.run(args, io);
};

/** What is known to go wrong, in a line; anything else is a bug, and keeps its stack. */
const describe = (error: unknown): string | undefined => {
  if (isHeedError(error)) {
    const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
    return `${error.code} ${error.message}${cause}`;
  }
  if (isUsageError(error)) return error.message.replaceAll("\n", " ");
  // Node's own: a file that is not there, a port that is taken.
  return error instanceof Error && "syscall" in error ? error.message : undefined;
};

const overview = (): string => `heed ${version()}: what users say about LLM outputs, and what it is worth

Usage: heed <command> [options]

${listCommands(commands)}

  heed <command> --help   says more of one command
  heed --version          prints the version

Exit codes: 0 done, 1 failed, 2 wrong usage.
`;

const version = (): string => JSON.parse(readFileSync(packageFile("../package.json"), "utf8")).version;
