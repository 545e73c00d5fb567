/** One statement, as `pg` takes it. */
export interface PostgresQuery {
  /** Where the statement is to be prepared once a connection: its name, the same for the same text. */
  readonly name?: string;
  readonly text: string;
  /** What `$1`, `$2` … of the text stand for; arrays come as Postgres writes them. */
  readonly values?: (string | number | null)[];
  /** Rows come as arrays of cells. */
  readonly rowMode: "array";
}

/** What can be asked. */
export interface PostgresClient {
  query(query: PostgresQuery): Promise<{ readonly rows: readonly (readonly unknown[])[] }>;
}

/** One connection, which is the caller's until it is given back. */
export interface PostgresConnection extends PostgresClient {
  /** @param isBroken Whether it must not be used again. */
  release(isBroken?: boolean): void;
}

/** What heed uses of a pool of connections: `pg`'s own is one. */
export interface PostgresPool extends PostgresClient {
  connect(): Promise<PostgresConnection>;
}
