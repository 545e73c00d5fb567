/** The primary result codes of SQLite that a store tells apart; https://sqlite.org/rescode.html */
const names = {
  5: "BUSY",
  6: "LOCKED",
  8: "READONLY",
  10: "IOERR",
  11: "CORRUPT",
  13: "FULL",
  14: "CANTOPEN",
  26: "NOTADB",
} as const;

export type SqliteCode = (typeof names)[keyof typeof names];

/** Which of the result codes an error of `node:sqlite` has, if it has one. */
export const sqliteCode = (error: unknown): SqliteCode | undefined => {
  if (!(error instanceof Error && "errcode" in error && typeof error.errcode === "number")) return undefined;
  // The higher bytes say more than needs to be known here.
  return names[(error.errcode & 0xff) as keyof typeof names];
};
