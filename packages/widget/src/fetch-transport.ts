import type { Transport } from "./transport.ts";

/** The transport of `@heed/widget/lite`: `fetch` alone. */
export const fetchTransport: Transport = {
  send: async ({ endpoint, ...request }) =>
    fetch(endpoint, { ...request, method: "POST", credentials: "omit" }),
};
