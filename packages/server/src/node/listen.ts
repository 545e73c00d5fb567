import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Handler } from "../create-handler.ts";
import { toNodeListener } from "./to-node-listener.ts";

export interface ListenOptions {
  /** 0 takes any free one. @default 0 */
  readonly port?: number;
  /** @default "127.0.0.1" */
  readonly host?: string;
  /** How long a client may take to send a request, its body included. @default 30_000 */
  readonly requestTimeoutMs?: number;
  /** How long `close` waits for requests under way before it cuts them off. @default 10_000 */
  readonly closeGraceMs?: number;
}

/** A server that listens. */
export interface Listening {
  /** Where, as `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly port: number;
  /** Stops accepting, answers every request it had accepted, and resolves when the last connection is closed. */
  close(): Promise<void>;
}

/**
 * Serves a handler, or any listener of Node's that calls one, over HTTP.
 *
 * @throws the error of `node:net` when the address cannot be had, as `EADDRINUSE`
 *
 * @example
 * const { url, close } = await listen(createHandler({ store }), { port: 8080 });
 */
export const listen = async (
  handler: Handler | RequestListener,
  { port = 0, host = "127.0.0.1", requestTimeoutMs = 30_000, closeGraceMs = 10_000 }: ListenOptions = {},
): Promise<Listening> => {
  const listener = "answer" in handler ? toNodeListener(handler) : handler;
  let closing = false;
  const server = createServer(
    {
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(requestTimeoutMs, 1_000),
    },
    (incoming, response) => {
      if (closing) response.setHeader("connection", "close");
      listener(incoming, response);
    },
  );
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;

  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}`,
    port: taken,
    close: () =>
      new Promise((resolve) => {
        closing = true;
        const sweep = setInterval(() => {
          // Those whose request was under way are idle only once that is answered.
          server.closeIdleConnections();
          // Browsers open some ahead of need, and to Node one that never spoke is not idle.
          for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
        }, 50);
        const cut = setTimeout(() => server.closeAllConnections(), closeGraceMs);
        server.close(() => {
          clearInterval(sweep);
          clearTimeout(cut);
          resolve();
        });
      }),
  };
};
