import ky from "ky";
import { fetchTransport } from "./fetch-transport.ts";
import type { Transport } from "./transport.ts";

/**
 * The default transport. It never retries: that is the outbox's work, and one owner is enough. What has to outlive the
 * page goes without ky, which would hand `fetch` a `Request`: Firefox overlooks the `keepalive` of one.
 */
export const kyTransport: Transport = {
  send: ({ endpoint, ...request }) =>
    request.keepalive
      ? fetchTransport.send({ endpoint, ...request })
      : ky.post(endpoint, {
          ...request,
          credentials: "omit",
          retry: 0,
          timeout: false,
          throwHttpErrors: false,
        }),
};
