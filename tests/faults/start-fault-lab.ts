import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Store } from "@heed/core";
import { createHandler } from "@heed/server";
import { toNodeListener } from "@heed/server/node";
import { build } from "esbuild";

type Headers = Readonly<Record<string, string>>;

/** What happens to one request on its way. */
export type Fault =
  | "none"
  /** It never arrives: the connection is reset. */
  | "reset"
  /** It never arrives, and nobody says so: the connection stays open until the visitor gives up. */
  | "hang"
  /** It arrives and is committed, and the answer is lost. */
  | "answer lost"
  /** The same, halfway through the answer. */
  | "answer cut"
  /** It takes this long, and then goes well. */
  | { readonly slowMs: number }
  /** It is committed at once, and answered after this long. */
  | { readonly lateMs: number }
  /** Somebody on the way answers it, at once or after a while. */
  | {
      readonly status: number;
      readonly headers?: Headers;
      readonly body?: string;
      readonly afterMs?: number;
    };

/** Decides what happens to a request to the endpoint of a name: the first, second, … since the start. */
export type Script = (index: number, body: string) => Fault;

/** A request that came in. */
export interface SeenRequest {
  readonly method: string;
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
  readonly atMs: number;
  /** How many other requests to the same endpoint were not answered yet. */
  readonly besides: number;
}

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

const html =
  '<!doctype html><title>A page</title><button>Good answer</button><script type="module" src="/client.js"></script>';

/** As strict as a page can be that loads a script of its own. */
const policy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/**
 * A site with the client on its pages and a heed server behind them, which anything can happen on the way to. Each name
 * has an endpoint of its own, and is told of in the paths: `/NAME/v1/feedback`.
 *
 * @param headers go with every answer of an endpoint: those of CORS, where another site's pages send here
 */
export const startFaultLab = async (store: Store, headers: Headers = {}) => {
  const client = await bundle("fault-page.browser.ts");
  const heed = toNodeListener(createHandler({ store, allowAnonymous: true }));
  const scripts = new Map<string, Script>();
  const counts = new Map<string, number>();
  const seen = new Map<string, SeenRequest[]>();
  const open = new Map<string, number>();

  const meet = async (name: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const besides = open.get(name) ?? 0;
    open.set(name, besides + 1);
    response.on("close", () => open.set(name, open.get(name)! - 1));
    const atMs = Date.now();
    const body = await readAll(request);
    const { method = "" } = request;
    seen.set(name, [...(seen.get(name) ?? []), { method, body, headers: request.headers, atMs, besides }]);
    if (method === "OPTIONS") return void response.writeHead(204, headers).end();

    const index = counts.get(name) ?? 0;
    counts.set(name, index + 1);
    const fault = scripts.get(name)?.(index, body) ?? "none";
    if (fault === "hang") return;
    if (fault === "reset") return void request.socket.destroy();
    if (typeof fault === "object" && "status" in fault) {
      await sleep(fault.afterMs ?? 0);
      response.writeHead(fault.status, { ...headers, ...fault.headers });
      return void response.end(fault.body ?? "");
    }
    if (typeof fault === "object" && "slowMs" in fault) await sleep(fault.slowMs);
    const answer = await fetch(`${url}/heed`, { method: "POST", body });
    const text = await answer.text();
    if (typeof fault === "object" && "lateMs" in fault) await sleep(fault.lateMs);
    if (fault === "answer lost") return void request.socket.destroy();
    response.writeHead(answer.status, {
      ...headers,
      "content-type": "application/json",
      "content-length": text.length,
    });
    if (fault !== "answer cut") return void response.end(text);
    response.write(text.slice(0, text.length / 2), () => request.socket.destroy());
  };

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, "http://site");
    const [, name = "", ...path] = pathname.split("/");
    if (name === "heed") {
      request.url = "/v1/feedback";
      return heed(request, response);
    }
    // Whoever closes the lab does not wait for what is slow.
    if (path.join("/") === "v1/feedback")
      return void meet(name, request, response).catch(() => response.destroy());
    const isClient = name === "client.js";
    response.writeHead(200, {
      "content-type": isClient ? "text/javascript" : "text/html",
      // A page without an origin, and one without a network, may load it too.
      "access-control-allow-origin": "*",
      "cache-control": searchParams.has("cached") || isClient ? "max-age=600" : "no-cache",
      ...(searchParams.has("strict") && { "content-security-policy": policy }),
    });
    response.end(isClient ? client : html);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;

  return {
    url,
    /** The address of a page of that name, with what its client is told. */
    page: (name: string, options: Readonly<Record<string, string>> = {}): string =>
      `${url}/${name}/?${new URLSearchParams({ endpoint: `/${name}/v1/feedback`, user: name, ...options })}`,
    /** What happens to the requests of that name from now on. */
    script: (name: string, script: Script): void => {
      counts.set(name, 0);
      scripts.set(name, script);
    },
    /** What came in under that name, in order. */
    requests: (name: string): readonly SeenRequest[] => seen.get(name) ?? [],
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
