import { recordEvaluation } from "@heed/core";
import { newId } from "@heed/schema";
import { createHandler } from "@heed/server";
import { sqliteStore } from "@heed/store-sqlite";
import { askModel } from "./canned-model.ts";

/** The server's half of every example: `POST /chat` answers, and heed's endpoint takes the votes under `/v1/`. */
export const openChat = async () => {
  const store = sqliteStore(process.env.HEED_DATABASE ?? "feedback.db");
  await store.setup();

  // heed's endpoint: the widget posts to it. With logins of your own, say who is calling in `authorize` instead.
  const heed = createHandler({ store, allowAnonymous: true });

  const chat = async (request: Request): Promise<Response> => {
    const { message } = (await request.json()) as { message: string };
    const { output, score } = askModel(message);
    // The request id ties the vote to the answer: mint it here, log it here, hand it to the page.
    const requestId = newId();
    await recordEvaluation(store, { requestId, prompt: message, output, evalScores: { overall: score } });
    return Response.json({ requestId, output });
  };

  return (request: Request): Response | Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/v1/")) return heed(request);
    if (pathname === "/chat" && request.method === "POST") return chat(request);
    return new Response("Not found", { status: 404 });
  };
};
