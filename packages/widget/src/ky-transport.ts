import ky from "ky";
import type { Transport } from "./transport.ts";

/** The default transport. It never retries: that is the outbox's work, and one owner is enough. */
export const kyTransport: Transport = {
  send: ({ endpoint, ...request }) =>
    ky.post(endpoint, {
      ...request,
      credentials: "omit",
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
    }),
};
