import type { DatabaseSync, StatementSync } from "node:sqlite";

/** Gives the statement for a piece of SQL, prepared once. */
export const statementCache = (database: DatabaseSync): ((sql: string) => StatementSync) => {
  const statements = new Map<string, StatementSync>();
  return (sql) => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
};
