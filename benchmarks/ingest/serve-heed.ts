/** heed as its README has it: validated, on SQLite with synchronous=FULL, answered after the commit. */
import { createServer } from "node:http";
import { createHandler } from "@heed/server";
import { toNodeListener } from "@heed/server/node";
import { sqliteStore } from "@heed/store-sqlite";
import { announce } from "./announce.ts";

const store = sqliteStore(process.argv[2]!);
await store.setup();
announce(createServer(toNodeListener(createHandler({ store, allowAnonymous: true }))));
