import { existsSync } from "node:fs";
import { HeedError, memoryStore, type Store } from "@heed/core";
import { clickhouseStore } from "@heed/store-clickhouse";
import { postgresStore } from "@heed/store-postgres";
import { sqliteStore } from "@heed/store-sqlite";

/** A store, and whatever had to be opened for it. */
export interface OpenedStore {
  readonly store: Store;
  /** Closes the store, and the client beneath it. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the store that a text names. Nothing is connected to before the first call; but an SQLite file that is not
 * there is an error, unless it may be made.
 *
 * - `memory:`, gone with the process
 * - `sqlite:FILE`, or the path alone
 * - `postgres://USER:PASSWORD@HOST:PORT/DATABASE?schema=heed`, by the package `pg` of the caller
 * - `clickhouse://USER:PASSWORD@HOST:PORT/DATABASE?cluster=NAME`, by the package `@clickhouse/client` of the caller;
 *   `clickhouses://` where it speaks TLS
 *
 * All but memory take `tenant=NAME` among the parameters; a path alone takes none.
 *
 * @param create Whether a missing file may be made.
 * @throws HeedError `INVALID_QUERY` for a text that names no store, `STORE_FAILED` for a file or a package that is not
 * there
 */
export const openStore = async (
  name: string,
  { create = true }: { readonly create?: boolean } = {},
): Promise<OpenedStore> => {
  // A letter and a colon begin a path on Windows.
  const scheme = /^([a-z]{2,}):/i.exec(name)?.[1]?.toLowerCase();
  switch (scheme) {
    case undefined:
      return openFile(name, {}, create);
    case "memory":
      return openedBy(memoryStore());
    case "sqlite": {
      const [path = "", parameters] = name.slice("sqlite:".length).split("?");
      return openFile(path, readParameters(new URLSearchParams(parameters), ["tenant"]), create);
    }
    case "postgres":
    case "postgresql":
      return openPostgres(parseUrl(name));
    case "clickhouse":
    case "clickhouses":
      return openClickHouse(parseUrl(name), scheme === "clickhouses" ? "https:" : "http:");
    default:
      throw new HeedError("INVALID_QUERY", `a store is a file, or begins with ${schemes.join(", ")}`);
  }
};

const schemes = ["memory:", "sqlite:", "postgres:", "clickhouse:"];

const openedBy = (store: Store, closeClient: () => Promise<unknown> = async () => {}): OpenedStore => ({
  store,
  close: async () => {
    await store.close();
    await closeClient();
  },
});

const openFile = (path: string, options: Parameters<typeof sqliteStore>[1], create: boolean): OpenedStore => {
  if (path === "") throw new HeedError("INVALID_QUERY", "sqlite: is followed by the path of a file");
  if (!create && !existsSync(path)) throw new HeedError("STORE_FAILED", "sqlite store has no such file");
  return openedBy(sqliteStore(path, options));
};

const openPostgres = async (url: URL): Promise<OpenedStore> => {
  const options = takeParameters(url, ["schema", "tenant"]);
  const { default: pg } = await load("pg", () => import("pg"));
  const pool = new pg.Pool({ connectionString: url.href });
  // A connection that breaks while it is idle is replaced at its next use, and what it was used for has failed by itself.
  pool.on("error", () => {});
  return openedBy(postgresStore(pool, options), () => pool.end());
};

const openClickHouse = async (url: URL, protocol: "http:" | "https:"): Promise<OpenedStore> => {
  const options = readParameters(url.searchParams, ["cluster", "tenant"]);
  const { createClient } = await load("@clickhouse/client", () => import("@clickhouse/client"));
  const client = createClient({
    url: `${protocol}//${url.host}`,
    username: decodeURIComponent(url.username) || "default",
    password: decodeURIComponent(url.password),
    log: { level: logOff },
  });
  const database = decodeURIComponent(url.pathname.slice(1));
  const store = clickhouseStore(client, { ...options, ...(database !== "" && { database }) });
  return openedBy(store, () => client.close());
};

/** What the client calls `OFF`: its errors reach us as errors, and its log would show what users wrote. */
const logOff = 127;

const parseUrl = (text: string): URL => {
  try {
    return new URL(text);
  } catch (cause) {
    throw new HeedError("INVALID_QUERY", "the address of the store is no URL", { cause });
  }
};

/** The parameters that are heed's, which the driver would not know. */
const takeParameters = <const Name extends string>(url: URL, names: readonly Name[]) => {
  const found = Object.fromEntries(
    names.flatMap((name) => {
      const value = url.searchParams.get(name);
      url.searchParams.delete(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  return found as { readonly [Key in Name]?: string };
};

/** The parameters of a store, none of which may be another. */
const readParameters = <const Name extends string>(parameters: URLSearchParams, names: readonly Name[]) => {
  const unknown = [...parameters.keys()].find((key) => !names.some((name) => name === key));
  if (unknown !== undefined)
    throw new HeedError(
      "INVALID_QUERY",
      `the address of the store may have ${names.join(", ")}, and no other parameter`,
    );
  return Object.fromEntries(parameters) as { readonly [Key in Name]?: string };
};

const load = async <Module>(name: string, module: () => Promise<Module>): Promise<Module> => {
  try {
    return await module();
  } catch (cause) {
    throw new HeedError("STORE_FAILED", `this store needs the package ${name}: npm install ${name}`, {
      cause,
    });
  }
};
