import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { packageFile } from "../package-file.ts";

/** The files of the demo's page, by the path under which they are served. */
const files: ReadonlyMap<string, { readonly url: () => URL; readonly type: string }> = new Map([
  ["/", { url: () => packageFile("page/index.html"), type: "text/html" }],
  ["/style.css", { url: () => packageFile("page/style.css"), type: "text/css" }],
  ["/chat.js", { url: () => packageFile("page/chat.js"), type: "text/javascript" }],
  ["/element.js", { url: () => packageFile("page/element.js"), type: "text/javascript" }],
  ["/panel.js", { url: () => packageFile("page/panel.js"), type: "text/javascript" }],
  [
    "/heed-widget.js",
    { url: () => new URL(import.meta.resolve("@heed/widget/heed-widget.js")), type: "text/javascript" },
  ],
]);

/** The page brings no inline script or style, and calls nobody but its own server. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Answers with the file of the page that a path names, or with 404. */
export const sendPageFile = async (response: ServerResponse, path: string): Promise<void> => {
  const file = files.get(path);
  if (!file) {
    response.writeHead(404).end("Nothing is here\n");
    return;
  }
  const content = await readFile(file.url());
  response.writeHead(200, {
    "content-type": `${file.type}; charset=utf-8`,
    "content-security-policy": contentSecurityPolicy,
    "x-content-type-options": "nosniff",
    "cache-control": "no-cache",
  });
  response.end(content);
};
