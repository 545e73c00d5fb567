import { fileURLToPath } from "node:url";
import { toNodeListener } from "@heed/server/node";
import { defaultClientConditions, type Plugin } from "vite";
import { openChat } from "./open-chat.ts";

/** Puts the chat and heed's endpoint on Vite's own server: the page and both are one process and one origin. */
export const chatPlugin = (): Plugin => ({
  name: "heed-example-chat",
  config: () => ({
    server: { host: "127.0.0.1", port: Number(process.env.PORT ?? 5173) },
    publicDir: fileURLToPath(new URL("public", import.meta.url)),
    // Inside the repository heed is run from its sources; with the packages installed, leave this out.
    resolve: { conditions: ["@heed/source", ...defaultClientConditions] },
  }),
  async configureServer({ middlewares }) {
    const chat = toNodeListener(await openChat());
    middlewares.use((request, response, next) => {
      if (/^\/(chat$|v1\/)/.test(request.url ?? "")) chat(request, response);
      else next();
    });
  },
});
