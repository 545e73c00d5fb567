import type { Command } from "./io.ts";

/** A line for each command, with what it is for. */
export const listCommands = (commands: ReadonlyMap<string, Command>): string => {
  const width = 2 + Math.max(...[...commands.keys()].map((name) => name.length));
  return [...commands].map(([name, { summary }]) => `  ${name.padEnd(width)}${summary}`).join("\n");
};
