import { readFile } from "node:fs/promises";
import { recordEvaluation } from "@heed/core";
import { newId } from "@heed/schema";
import { createHandler } from "@heed/server";
import { listen, toNodeListener } from "@heed/server/node";
import { sqliteStore } from "@heed/store-sqlite";

const store = sqliteStore("feedback.db");
await store.setup();

// heed's endpoint: the widget posts to it. With logins of your own, say who is calling in `authorize` instead.
const heed = createHandler({ store, allowAnonymous: true });

/** Stands for your model, and for whatever scores what it says. */
const answer = (message: string) => ({
  output: `You said: ${message}`,
  score: message.endsWith("?") ? 0.4 : 0.9,
});

const chat = async (request: Request): Promise<Response> => {
  const { message } = (await request.json()) as { message: string };
  const { output, score } = answer(message);
  // The request id ties the vote to the answer: mint it here, log it here, hand it to the page.
  const requestId = newId();
  await recordEvaluation(store, { requestId, prompt: message, output, evalScores: { overall: score } });
  return Response.json({ requestId, output });
};

const files: Record<string, { url: string; type: string }> = {
  "/": { url: import.meta.resolve("./index.html"), type: "text/html" },
  "/chat.js": { url: import.meta.resolve("./chat.js"), type: "text/javascript" },
  "/heed-widget.js": { url: import.meta.resolve("@heed/widget/heed-widget.js"), type: "text/javascript" },
};

const handler = async (request: Request): Promise<Response> => {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith("/v1/")) return heed(request);
  if (pathname === "/chat" && request.method === "POST") return chat(request);
  const file = files[pathname];
  if (!file) return new Response("Not found", { status: 404 });
  return new Response(await readFile(new URL(file.url)), { headers: { "content-type": file.type } });
};

const server = await listen(toNodeListener(handler), { port: Number(process.env.PORT ?? 3000) });
console.log(`Chat: ${server.url}/`);
