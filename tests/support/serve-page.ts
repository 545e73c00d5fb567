import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Store } from "@heed/core";
import { createHandler } from "@heed/server";
import { toNodeListener } from "@heed/server/node";

const widget = readFileSync(new URL("../../packages/widget/dist/heed-widget.js", import.meta.url));

/** As strict as a page can be that loads a script of its own: no inline script or style, no `innerHTML`. */
const policy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

const pageOf = (body: string): string =>
  `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>A page</title><script type="module" src="/heed-widget.js"></script></head><body><main><h1>An answer</h1>${body}</main></body></html>`;

/** Serves a page with the built widget, or another script, and the heed endpoint beside it, on a free port. */
export const servePage = async (store: Store, body: string, script: Uint8Array = widget) => {
  const heed = toNodeListener(createHandler({ store, allowAnonymous: true }));
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/v1/")) return heed(request, response);
    const isWidget = request.url === "/heed-widget.js";
    response.writeHead(200, {
      "content-type": isWidget ? "text/javascript" : "text/html; charset=utf-8",
      "content-security-policy": policy,
    });
    response.end(isWidget ? script : pageOf(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
};
