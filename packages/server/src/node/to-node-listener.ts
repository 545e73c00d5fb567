import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { HeedError } from "@heed/core";
import type { Handler } from "../create-handler.ts";
import { type IncomingRequest, withoutBody } from "../incoming-request.ts";

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
      : async (incoming: IncomingMessage, response: ServerResponse) => {
          // What no `Request` can be.
          if (/^TRAC[EK]$/i.test(incoming.method ?? "")) response.writeHead(405).end();
          else await send(response, await handler(wholeRequestOf(incoming)));
        };

  return (incoming, response) => serve(incoming, response).catch((error) => fail(response, error));
};

const fail = (response: ServerResponse, error: unknown): void => {
  if (response.headersSent) return void response.destroy();
  // The host's own error, from its own function or from its `onError`: nobody else would tell of it. Where it came
  // from is told; its message may hold what a user wrote.
  console.error(`heed: a handler failed${framesOf(error)}`);
  response.writeHead(500).end();
};

const framesOf = (error: unknown): string =>
  /(?:\n {4}at .*)+$/.exec(error instanceof Error ? `${error.stack}` : "")?.[0] ?? "";

/** What heed's own handler asks of a request: a `Request` around a stream costs more than all that it does. */
const requestOf = (incoming: IncomingMessage): IncomingRequest => {
  const headers = incoming.headers as Record<string, string>;
  const target = incoming.url ?? "";
  return {
    method: incoming.method ?? "",
    path: target.replace(/[?#].*/s, ""),
    headers: { get: (name) => headers[name] ?? null, entries: () => Object.entries(headers) },
    url: () => `http://${hostOf(headers)}${target}`,
    bytes: async () => readAll(unread(incoming)),
    stream: () => Readable.toWeb(unread(incoming)) as ReadableStream<Uint8Array<ArrayBuffer>>,
  };
};

/** What a client says the host is may be anything, a name and a password for it included. */
const hostOf = ({ host = "" }: Record<string, string>): string =>
  /^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host}`) ? host : "localhost";

/** @throws HeedError `INTERNAL` when the host has read the body: the fault is not the caller's. */
const unread = (incoming: IncomingMessage): IncomingMessage => {
  if (!incoming.readableEnded) return incoming;
  throw new HeedError("INTERNAL", "A body was read before heed could: mount heed before body parsers");
};

const readAll = (incoming: IncomingMessage): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    incoming.on("error", reject);
  });

const wholeRequestOf = (incoming: IncomingMessage): Request => {
  const request = requestOf(incoming);
  const head = withoutBody(request);
  if (head.method === "GET" || head.method === "HEAD") return head;
  return new Request(head, { body: request.stream(), duplex: "half" });
};

const send = async (response: ServerResponse, { status, headers, body }: Response): Promise<void> => {
  response.writeHead(status, [...headers].flat());
  if (body === null) response.end();
  else await pipeline(Readable.fromWeb(body), response);
};
