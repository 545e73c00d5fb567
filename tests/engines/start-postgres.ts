import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { postgresBinaries, serverUser } from "./postgres-binaries.ts";

interface PostgresOptions {
  /**
   * Where its files are, or shall be: the caller's, who removes it.
   * @default a temporary folder, which `stop()` removes
   */
  readonly dataDir?: string;
  /** @default a free one */
  readonly port?: number;
  /**
   * Whether every commit is on disk before it is answered.
   * @default false, which a killed server does not notice, but a power cut would
   */
  readonly durable?: boolean;
}

export interface PostgresServer {
  /** Of the database `postgres`, as a superuser who needs no password. */
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** Shuts it down in order; open connections are cut. */
  stop(): Promise<void>;
  /** Kills all its processes at once; the files stay, for another to be started on them. */
  kill(): Promise<void>;
}

const startTimeoutMs = 60_000;
const stopTimeoutMs = 10_000;

/**
 * Starts a real Postgres on 127.0.0.1, which ends when this process does, however that happens.
 *
 * @throws Error with the end of the server's own log when it does not start.
 */
export const startPostgres = async ({
  dataDir: ownDataDir,
  port: ownPort,
  durable = false,
}: PostgresOptions = {}): Promise<PostgresServer> => {
  const bin = postgresBinaries();
  const dataDir = ownDataDir ?? mkdtempSync(join(tmpdir(), "heed-postgres-"));
  const removeOwn = (): void => {
    if (ownDataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await createCluster(bin, dataDir, durable);
    // A free port can be taken by another before the server has it.
    for (let attempt = 1; ; attempt++) {
      const port = ownPort ?? (await freePort());
      const { server, log } = await startServer(bin, dataDir, port, durable);
      if (server)
        return {
          url: `postgres://postgres@127.0.0.1:${port}/postgres`,
          port,
          dataDir,
          stop: async () => {
            await stopServer(server, dataDir);
            removeOwn();
          },
          kill: () => killServer(server, dataDir),
        };
      if (ownPort !== undefined || attempt === 3 || !log.includes("Address already in use"))
        throw new Error(`Postgres did not start on port ${port}:\n${log}`);
    }
  } catch (error) {
    removeOwn();
    throw error;
  }
};

/**
 * Makes the files of a new server, unless they are there. Texts compare by the rules of a language, as in most
 * installations: what relies on the order of bytes has to say so.
 */
const createCluster = async (bin: string, dataDir: string, durable: boolean): Promise<void> => {
  if (existsSync(join(dataDir, "PG_VERSION"))) return;
  mkdirSync(dataDir, { recursive: true });
  if (readdirSync(dataDir).length > 0) throw new Error("Postgres needs an empty folder, or one of its own");
  if (serverUser) chownSync(dataDir, serverUser.uid, serverUser.gid);
  const options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions"];
  const locale = ["--locale=C", "--locale-provider=icu", "--icu-locale=en-US"];
  try {
    await promisify(execFile)(
      join(bin, "initdb"),
      [`--pgdata=${dataDir}`, ...options, ...locale, ...(durable ? [] : ["--no-sync"])],
      { ...serverUser, cwd: dataDir },
    );
  } catch (cause) {
    throw new Error(`Postgres could not create its files: ${cause}`, { cause });
  }
};

/**
 * Runs what it is given until that ends or the pipe it reads from does, which happens when whoever holds the other end
 * dies in any way; then a fast shutdown. (A background process has no standard input: hence the third descriptor.)
 */
const supervisor = `
  exec 3<&0
  "$@" & server=$!
  (cat <&3 >/dev/null; kill -INT $server 2>/dev/null) & watch=$!
  wait $server; status=$?
  kill $watch 2>/dev/null
  exit $status
`;

/** The server's supervisor, once it takes connections; without one, the log says why. */
const startServer = async (
  bin: string,
  dataDir: string,
  port: number,
  durable: boolean,
): Promise<{ server?: ChildProcess; log: string }> => {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    port,
    max_connections: 200,
    // Half a gigabyte, where the default is for the smallest of machines.
    shared_buffers: "512MB",
    ...(!durable && { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  const server = spawn(
    "sh",
    [
      "-c",
      supervisor,
      "sh",
      join(bin, "postgres"),
      "-D",
      dataDir,
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    { ...serverUser, cwd: dataDir, detached: true, stdio: ["pipe", "ignore", "pipe"] },
  );
  let log = "";
  server.stderr!.on("data", (chunk: Buffer) => {
    log = (log + chunk).slice(-8_000);
  });
  server.stdin!.on("error", () => {});
  server.on("error", (error) => {
    log += error;
  });
  const deadline = Date.now() + startTimeoutMs;
  while (!log.includes("ready to accept connections")) {
    const hasEnded = server.pid === undefined || server.exitCode !== null || server.signalCode !== null;
    if (hasEnded) return { log };
    if (Date.now() > deadline) {
      await stopServer(server, dataDir);
      return { log: `${log}\nnot ready after ${startTimeoutMs} ms` };
    }
    await setTimeout(10);
  }
  return { server, log };
};

const stopServer = async (server: ChildProcess, dataDir: string): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, "exit");
  server.stdin!.end();
  const inTime = await Promise.race([
    ended.then(() => true),
    setTimeout(stopTimeoutMs, false, { ref: false }),
  ]);
  if (!inTime) await killServer(server, dataDir);
};

const killServer = async (server: ChildProcess, dataDir: string): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, "exit");
  const main = Number(readFileSync(join(dataDir, "postmaster.pid"), "utf8").split("\n", 1)[0]);
  // Stopped, it starts no others while they are looked for; left alone, those would finish what they are at. Another
  // server can start on the files once none of them has their memory.
  process.kill(main, "SIGSTOP");
  for (let children = await childrenOf(main); children.length > 0; children = await childrenOf(main)) {
    for (const pid of children) signalIfAlive(pid, "SIGKILL");
    await setTimeout(5);
  }
  signalIfAlive(main, "SIGKILL");
  await ended;
};

/** Those that are not dead already, and only waiting for somebody to notice. */
const childrenOf = async (pid: number): Promise<number[]> => {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,stat="]);
  const processes = stdout.split("\n").map((line) => line.trim().split(/\s+/));
  return processes
    .filter(([, parent, state]) => Number(parent) === pid && !state!.startsWith("Z"))
    .map(([child]) => Number(child));
};

const signalIfAlive = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
};
