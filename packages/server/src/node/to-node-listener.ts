import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { HeedError } from "@heed/core";
import type { Handler } from "../create-handler.ts";
import type { IncomingRequest } from "../incoming-request.ts";

/** What `node:http`, Express and Connect call. */
export type NodeListener = (incoming: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * A handler as the function that `node:http`, Express and Connect call; any function of web standards that calls
 * one among other things will do. Mount it before any body parser: it reads the body itself, no further than its
 * limits.
 *
 * @example
 * createServer(toNodeListener(handler)).listen(8080, "127.0.0.1");
 */
export const toNodeListener = (
  handler: Handler | ((request: Request) => Response | Promise<Response>),
): NodeListener => {
  const serve =
    "answer" in handler
      ? async (incoming: IncomingMessage, response: ServerResponse) => {
          const { status, headers, body } = await handler.answer(requestOf(incoming));
          const length = body === null ? {} : { "content-length": Buffer.byteLength(body) };
          response.writeHead(status, { ...headers, ...length }).end(body);
        }
      : async (incoming: IncomingMessage, response: ServerResponse) =>
          send(response, await handler(wholeRequestOf(incoming)));

  return async (incoming, response) => {
    try {
      await serve(incoming, response);
    } catch {
      // heed's own handler never leads here, unless its `onError` throws.
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    }
  };
};

/** What heed's own handler asks of a request: a `Request` around a stream costs more than all that it does. */
const requestOf = (incoming: IncomingMessage): IncomingRequest => ({
  method: incoming.method ?? "",
  url: `http://${hostOf(incoming)}${incoming.url}`,
  headers: new Headers(incoming.headers as Record<string, string>),
  arrayBuffer: () => readAll(incoming),
  get body() {
    return Readable.toWeb(incoming) as Request["body"];
  },
});

/** What a client says the host is may be anything, a name and a password for it included. */
const hostOf = ({ headers: { host = "" } }: IncomingMessage): string =>
  /^[\w.:[\]-]+$/.test(host) ? host : "localhost";

const readAll = (incoming: IncomingMessage): Promise<ArrayBuffer> =>
  new Promise((resolve, reject) => {
    if (incoming.readableEnded)
      throw new HeedError("INTERNAL", "A body was read before heed could: mount heed before body parsers");
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks)).buffer));
    incoming.on("error", reject);
  });

const wholeRequestOf = (incoming: IncomingMessage): Request => {
  const { method, url, headers } = requestOf(incoming);
  if (method === "GET" || method === "HEAD") return new Request(url, { method, headers });
  const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
  return new Request(url, { method, headers, body, duplex: "half" });
};

const send = async (response: ServerResponse, { status, headers, body }: Response): Promise<void> => {
  response.writeHead(status, [...headers].flat());
  if (body === null) response.end();
  else await pipeline(Readable.fromWeb(body), response);
};
