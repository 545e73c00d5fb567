import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { getFeedbackSummary, type Store } from "@heed/core";
import type { Handler } from "@heed/server";
import { toNodeListener } from "@heed/server/node";
import type { HistoryFindings } from "./analyse-history.ts";
import { answerMessage } from "./answer-message.ts";
import type { LoopSummary } from "./close-loop.ts";
import type { LiveStream } from "./create-live-stream.ts";
import { preparedAnswers } from "./prepared-answers.ts";
import { sendPageFile } from "./send-page-file.ts";

/** What the page tells of the simulated history, and of what was done about it. */
export interface ShownFindings extends HistoryFindings {
  readonly loop: LoopSummary;
}

export interface DemoListenerOptions {
  readonly store: Store;
  /** heed's own endpoint, which gets everything under `/v1/`. */
  readonly heed: Handler;
  readonly live: LiveStream;
  /** What the page tells of the simulated history; null until it is loaded. */
  readonly findings: () => ShownFindings | null;
}

/** Everything that the demo serves: the page, the scripted assistant, the live stream, and heed itself. */
export const createDemoListener = ({ store, heed, live, findings }: DemoListenerOptions): RequestListener => {
  const endpoint = toNodeListener(heed);

  const route = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = incoming.url ?? "/";
    if (path.startsWith("/v1/")) return endpoint(incoming, response);
    const asked = `${incoming.method} ${path}`;
    if (asked === "GET /stream") return live.add(response);
    if (asked === "GET /overview") return sendJson(response, { suggestions, history: findings() });
    if (asked === "POST /chat") {
      const message = await readMessage(incoming);
      if (message === undefined) return void response.writeHead(400).end('Expected { "message": text }\n');
      return sendJson(response, await answerMessage(store, message));
    }
    const [, requestId] = /^GET \/summary\/([\w-]{1,64})$/.exec(asked) ?? [];
    if (requestId !== undefined) return sendJson(response, await getFeedbackSummary(store, requestId));
    return sendPageFile(response, path);
  };

  return (incoming, response) => {
    route(incoming, response).catch(() => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  };
};

const suggestions = ["repairs", "sizing", "rentals", "refunds"].map(
  (topic) => preparedAnswers.find((answer) => answer.topic === topic)!.question,
);

const sendJson = (response: ServerResponse, body: object): void => {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
};

const longestBodyBytes = 8 * 1024;

const readMessage = async (incoming: IncomingMessage): Promise<string | undefined> => {
  // Node holds a client to the length it declared; a body without one could go on for ever.
  if (!(Number(incoming.headers["content-length"]) <= longestBodyBytes)) return undefined;
  const body = (await json(incoming).catch(() => undefined)) as { message?: unknown } | null | undefined;
  return typeof body?.message === "string" && body.message !== "" ? body.message : undefined;
};
