import { createHandler } from "@heed/server";
import { listen } from "@heed/server/node";
import type { Command } from "../io.ts";
import { portOption, required } from "../option-values.ts";
import { parseOptions } from "../parse-options.ts";
import { untilAborted } from "../until-aborted.ts";
import { withStore } from "../with-store.ts";

const help = `Usage: heed serve --store STORE --port N [options]

Collects feedback and evaluations over HTTP into a store, which is set up if it is new. An answer means that
the data is on disk. Ctrl-C finishes what is under way and stops.

  --store STORE       a file such as feedback.db, postgres://… or clickhouse://…
  --port N            the port; 0 takes a free one
  --host HOST         the address to listen on (default: 127.0.0.1, this machine alone)
  --key KEY           the server key that evaluations and summaries need, of at least 16 characters;
                      better given as HEED_SERVER_KEY, as others can read a command line
  --origin URL        an origin whose pages may send feedback, such as https://example.com; repeatable
  --allow-anonymous   take feedback from callers without the key, with the user ids that they claim
`;

/** `heed serve`: the HTTP endpoint over a store. */
export const serveCommand: Command = {
  summary: "collect feedback over HTTP into a store",
  help,
  run: async (args, { stdout, stderr, env, signal }) => {
    const { values } = parseOptions(args, {
      store: { type: "string" },
      port: { type: "string" },
      host: { type: "string", default: "127.0.0.1" },
      key: { type: "string" },
      origin: { type: "string", multiple: true, default: [] },
      "allow-anonymous": { type: "boolean", default: false },
    });
    const path = required(values.store, "--store STORE");
    const port = portOption(required(values.port, "--port N"));
    const key = values.key ?? env.HEED_SERVER_KEY;

    await withStore(path, { create: true }, async (store) => {
      const handler = createHandler({
        store,
        serverKeys: key ? [key] : [],
        allowAnonymous: values["allow-anonymous"],
        cors: { origins: values.origin },
      });
      const server = await listen(handler, { host: values.host, port });
      stdout.write(`heed listens on ${server.url}\n`);
      if (!key && !values["allow-anonymous"])
        stderr.write("Nobody may send anything yet: give --key (or HEED_SERVER_KEY), or --allow-anonymous\n");
      await untilAborted(signal);
      await server.close();
    });
    return 0;
  },
};
