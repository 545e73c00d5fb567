import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { usageError } from "./usage-error.ts";

/**
 * Reads the options and positional arguments of a command.
 *
 * @param names What the positional arguments are called; there must be one for each.
 * @throws A usage error for anything the command does not know, or lacks.
 */
export const parseOptions = <const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  names: readonly string[] = [],
): ReturnType<typeof parseArgs<{ options: Options; allowPositionals: true }>> => {
  const parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  const { length } = parsed.positionals;
  if (length < names.length) throw usageError(`${names[length]} is missing`);
  if (length > names.length) throw usageError("there are more arguments than the command takes");
  return parsed;
};
