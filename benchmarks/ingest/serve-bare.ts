/** The least that a Node server can do: answer 204. */
import { createServer } from "node:http";
import { announce } from "./announce.ts";

const server = createServer((_request, response) => response.writeHead(204).end());
announce(server);
