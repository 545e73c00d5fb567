const code = "HEED_USAGE";

/** An error that says the command line was wrong: one line on stderr, exit code 2. */
export const usageError = (message: string): Error => Object.assign(new Error(message), { code });

/** Whether something caught says that the command line was wrong; `parseArgs` has codes of its own for it. */
export const isUsageError = (error: unknown): error is Error =>
  error instanceof Error &&
  "code" in error &&
  (error.code === code || String(error.code).startsWith("ERR_PARSE_ARGS"));
