import { readFile } from "node:fs/promises";
import { listen, toNodeListener } from "@heed/server/node";
import { openChat } from "./open-chat.ts";

const files: Record<string, { url: string; type: string }> = {
  "/": { url: import.meta.resolve("./index.html"), type: "text/html" },
  "/chat.css": { url: import.meta.resolve("./public/chat.css"), type: "text/css" },
  "/chat.js": { url: import.meta.resolve("./chat.js"), type: "text/javascript" },
  "/heed-widget.js": { url: import.meta.resolve("@heed/widget/heed-widget.js"), type: "text/javascript" },
};

const chat = await openChat();

const handler = async (request: Request): Promise<Response> => {
  const file = files[new URL(request.url).pathname];
  if (!file) return chat(request);
  return new Response(await readFile(new URL(file.url)), { headers: { "content-type": file.type } });
};

const server = await listen(toNodeListener(handler), { port: Number(process.env.PORT ?? 3000) });
console.log(`Chat: ${server.url}/`);
