import { type ChildProcessByStdio, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** A running ClickHouse server on 127.0.0.1. */
export interface ClickHouseNode {
  readonly url: string;
  readonly httpPort: number;
  readonly tcpPort: number;
  readonly dir: string;
  /** Shuts the server down, and removes its directory unless that was given. */
  stop(): Promise<void>;
  /** Ends the server as a crash does; its directory stays. */
  kill(): Promise<void>;
  /** Starts the server again after `kill()`, on the same directory and ports. */
  restart(): Promise<void>;
}

export interface ClickHouseOptions {
  /** Where the data is kept. Without it, in a directory in memory that is removed in the end. */
  readonly dir?: string;
  readonly httpPort?: number;
  readonly tcpPort?: number;
  /** More elements for the server's configuration, as XML. */
  readonly config?: string;
}

const child = fileURLToPath(new URL("./clickhouse-child.cjs", import.meta.url));
const installed = fileURLToPath(new URL("./node_modules/chdb/package.json", import.meta.url));
const memory = "/dev/shm";
const startTimeoutMs = 60_000;
const stopTimeoutMs = 10_000;

/** Starts a real ClickHouse server. It ends with the process that started it, however that dies. */
export const startClickHouse = async ({
  dir,
  httpPort,
  tcpPort,
  config = "",
}: ClickHouseOptions = {}): Promise<ClickHouseNode> => {
  if (!existsSync(installed))
    throw new Error("ClickHouse for the tests is not installed: run `node scripts/ensure-engines.ts`");
  const http = httpPort ?? (await freePort());
  const tcp = tcpPort ?? (await freePort());
  const folder = dir ?? mkdtempSync(join(isRoomy(memory) ? memory : tmpdir(), "heed-clickhouse-"));
  mkdirSync(folder, { recursive: true });
  const configFile = join(folder, "config.xml");
  writeFileSync(configFile, configuration(http, tcp, config));
  const command = [child, configFile, join(folder, "data"), ...(dir === undefined ? [folder] : [])];
  const url = `http://127.0.0.1:${http}`;

  let server = await launch(command, url);
  const kill = async (): Promise<void> => {
    if (hasEnded(server)) return;
    server.kill("SIGKILL");
    await once(server, "exit");
  };
  const stop = async (): Promise<void> => {
    // A directory that goes away needs no orderly shutdown.
    if (dir === undefined) {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    } else if (!hasEnded(server)) {
      const exited = once(server, "exit");
      server.stdin.end();
      const impatient = setTimeout(() => server.kill("SIGKILL"), stopTimeoutMs);
      await exited;
      clearTimeout(impatient);
    }
  };
  const restart = async (): Promise<void> => {
    await kill();
    server = await launch(command, url);
  };
  return { url, httpPort: http, tcpPort: tcp, dir: folder, stop, kill, restart };
};

/** Starts servers that know each other as the shards of one cluster. */
export const startClickHouseCluster = async ({
  shards = 2,
  name = "heed_test",
  config = "",
}: {
  readonly shards?: number;
  readonly name?: string;
  readonly config?: string;
} = {}): Promise<{ readonly nodes: readonly ClickHouseNode[]; stop(): Promise<void> }> => {
  const ports = await Promise.all(
    Array.from({ length: shards }, async () => ({ httpPort: await freePort(), tcpPort: await freePort() })),
  );
  const members = ports.map(
    ({ tcpPort }) => `<shard><replica><host>127.0.0.1</host><port>${tcpPort}</port></replica></shard>`,
  );
  const remote = `<remote_servers><${name}>${members.join("")}</${name}></remote_servers>`;
  const starts = await Promise.allSettled(
    ports.map((own) => startClickHouse({ ...own, config: `${remote}${config}` })),
  );
  const nodes = starts.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.stop()));
  };
  for (const start of starts) {
    if (start.status === "fulfilled") continue;
    await stop();
    throw start.reason;
  }
  return { nodes, stop };
};

type Server = ChildProcessByStdio<Writable, null, Readable>;

const hasEnded = ({ exitCode, signalCode }: Server): boolean => exitCode !== null || signalCode !== null;

/** Starts the process, and waits until it answers. */
const launch = async (command: readonly string[], url: string): Promise<Server> => {
  const server = spawn(process.execPath, command, { stdio: ["pipe", "ignore", "pipe"] });
  let said = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4_000);
  });
  // A server that has died cannot be told to end.
  server.stdin.on("error", () => {});
  const deadline = Date.now() + startTimeoutMs;
  while (!(await answers(url))) {
    if (hasEnded(server)) throw new Error(`ClickHouse did not start:\n${said}`);
    if (Date.now() > deadline) {
      server.kill("SIGKILL");
      throw new Error(`ClickHouse did not answer within ${startTimeoutMs} ms:\n${said}`);
    }
    await sleep(25);
  }
  return server;
};

const answers = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(`${url}/ping`, {
      headers: { connection: "close" },
      signal: AbortSignal.timeout(1_000),
    });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
};

/** Whether the folder is there, and has 2 GiB to spare. */
const isRoomy = (folder: string): boolean => {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > 2 ** 31;
};

/** A port that nobody listens on, below those that systems give to outgoing connections. */
const freePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(15_000, 30_000);
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
};

const configuration = (httpPort: number, tcpPort: number, more: string): string => `<clickhouse>
  <listen_host>127.0.0.1</listen_host>
  <http_port>${httpPort}</http_port>
  <tcp_port>${tcpPort}</tcp_port>
  <mark_cache_size>67108864</mark_cache_size>
  ${more}
</clickhouse>
`;
