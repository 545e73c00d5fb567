import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import type { Store } from "@heed/core";
import { createHandler } from "@heed/server";
import { toNodeListener } from "@heed/server/node";
import { build } from "esbuild";

/** What an answer on the page says, in two paragraphs. */
export const answer = [
  "Boil the eggs for nine minutes, then cool them in cold water.",
  "Fresh eggs are harder to peel than old ones.",
] as const;

const script = `
  import { createFeedback } from "@heed/widget";
  import { observe } from "@heed/widget/signals";
  // Nothing is sent by a timer: what arrives was flushed, or sent as the page went away.
  /** A clock of the page's own, for \`observe\`. */
  globalThis.ms = Date.UTC(2026, 0, 1);
  globalThis.feedback = createFeedback({ endpoint: "/v1/feedback", userId: "user-1", flushDelayMs: 1e8 });
  globalThis.receipts = [];
  const client = { record: (event) => receipts.push(feedback.record(event)) };
  globalThis.watch = (element, options) => {
    globalThis.output = observe(element, { client, ...options });
  };
  /** Resolves when the server has everything. */
  globalThis.delivered = () => Promise.all([feedback.flush(), ...receipts]);
  globalThis.insert = (target = draft) => {
    if ("value" in target) target.value = answer.innerText;
    else target.innerText = answer.innerText;
    output.used("inserted", { target });
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    draft.value = "";
  };
  ask.onsubmit = (event) => {
    event.preventDefault();
    output.prompted(question.value);
  };
  /** Resolves when every earlier IntersectionObserver has seen the page as it is now. */
  globalThis.settled = () =>
    new Promise((resolve) => {
      new IntersectionObserver((_, observer) => resolve(observer.disconnect())).observe(document.body);
    });
  globalThis.setVisibility = (visibility) => {
    Object.defineProperty(document, "visibilityState", { value: visibility, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  };
`;

const page = `<!doctype html><html lang="en"><head><title>A laboratory</title>
<style>p, textarea, #note { margin: 20px; font: 16px monospace } textarea { width: 700px; height: 100px }</style></head>
<body><p id="before">A question before it.</p>
<div id="answer"><p>${answer[0]}</p><p>${answer[1]}</p></div>
<form id="ask"><input id="question"></form>
<button onclick="output.discarded('stopped')">Stop</button>
<button onclick="output.discarded('regenerated')">Again</button>
<button onclick="output.discarded('rejected')">Dismiss</button>
<button onclick="output.discarded('undone')">Undo</button>
<button onclick="insert()">Insert</button>
<form id="form"><textarea id="draft" spellcheck="false"></textarea><button>Send</button></form>
<div id="note" contenteditable="true"></div>
<p id="after">A note after it.</p>
<script type="module" src="/script.js"></script></body></html>`;

/**
 * Serves a page with an answer and places to use it, on which a client and `observe` of the sources are globals, and the
 * heed endpoint beside it, on a free port.
 */
export const serveSignals = async (store: Store) => {
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: fileURLToPath(new URL("../..", import.meta.url)) },
    bundle: true,
    format: "esm",
    conditions: ["@heed/source"],
    write: false,
  });
  const heed = toNodeListener(createHandler({ store, allowAnonymous: true }));
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/v1/")) return heed(request, response);
    const isScript = request.url === "/script.js";
    response.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html; charset=utf-8" });
    response.end(isScript ? outputFiles[0]!.contents : page);
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
