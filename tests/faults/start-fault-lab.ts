import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Store } from "@heed/core";
import { createHandler } from "@heed/server";
import { toNodeListener } from "@heed/server/node";
import { build } from "esbuild";

/** What happens to one request on its way. */
export type Fault =
  | "none"
  /** It never arrives: the connection is reset. */
  | "reset"
  /** It arrives and is committed, and the answer is lost. */
  | "answer lost"
  /** The same, halfway through the answer. */
  | "answer cut"
  /** It takes this long, and then goes well. */
  | { readonly slowMs: number }
  /** Somebody on the way answers it. */
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    };

/** Decides what happens to a request to the endpoint of a name: the first, second, … since the start. */
type Script = (index: number, body: string) => Fault;

const bundle = async (entry: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "browser",
    conditions: ["@heed/source"],
    write: false,
  });
  return outputFiles[0]!.text;
};

/**
 * A site with the client on its pages and a heed server behind them, which anything can happen on the way to. Each name
 * has an endpoint of its own, and is told of in the paths: `/NAME/v1/feedback`.
 */
export const startFaultLab = async (store: Store) => {
  const client = await bundle("fault-page.browser.ts");
  const heed = toNodeListener(createHandler({ store, allowAnonymous: true }));
  const scripts = new Map<string, Script>();
  const counts = new Map<string, number>();
  const bodies = new Map<string, string[]>();

  const meet = async (name: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readAll(request);
    const index = counts.get(name) ?? 0;
    counts.set(name, index + 1);
    bodies.set(name, [...(bodies.get(name) ?? []), body]);
    const fault = scripts.get(name)?.(index, body) ?? "none";
    if (fault === "reset") return void request.socket.destroy();
    if (typeof fault === "object" && "status" in fault) {
      response.writeHead(fault.status, fault.headers);
      return void response.end(fault.body ?? "");
    }
    if (typeof fault === "object") await sleep(fault.slowMs);
    const answer = await fetch(`${url}/heed`, { method: "POST", body });
    const text = await answer.text();
    if (fault === "answer lost") return void request.socket.destroy();
    response.writeHead(answer.status, { "content-type": "application/json", "content-length": text.length });
    if (fault !== "answer cut") return void response.end(text);
    response.write(text.slice(0, text.length / 2), () => request.socket.destroy());
  };

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, "http://site");
    const [, name = "", ...path] = pathname.split("/");
    if (name === "heed") {
      request.url = "/v1/feedback";
      return heed(request, response);
    }
    if (path.join("/") === "v1/feedback") return void meet(name, request, response);
    const isClient = name === "client.js";
    response.writeHead(200, { "content-type": isClient ? "text/javascript" : "text/html" });
    response.end(
      isClient
        ? client
        : '<!doctype html><title>A page</title><script type="module" src="/client.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;

  return {
    url,
    /** The address of a page of that name, with what its client is told. */
    page: (name: string, options: Readonly<Record<string, string>> = {}): string =>
      `${url}/${name}/?${new URLSearchParams({ endpoint: `/${name}/v1/feedback`, ...options })}`,
    /** What happens to the requests of that name from now on. */
    script: (name: string, script: Script): void => {
      counts.set(name, 0);
      scripts.set(name, script);
    },
    /** The bodies that came in under that name. */
    bodies: (name: string): readonly string[] => bodies.get(name) ?? [],
    close: (): Promise<void> => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};

export type FaultLab = Awaited<ReturnType<typeof startFaultLab>>;

const readAll = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    // Who sent it is gone.
  }
  return Buffer.concat(chunks).toString("utf8");
};
