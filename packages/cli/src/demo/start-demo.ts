import { randomBytes } from "node:crypto";
import type { Store } from "@heed/core";
import { createHandler } from "@heed/server";
import { listen } from "@heed/server/node";
import { createDemoListener, type ShownFindings } from "./create-demo-listener.ts";
import { createLiveStream } from "./create-live-stream.ts";
import { tapStore } from "./tap-store.ts";

const host = "127.0.0.1";

/** A demo that is being served. */
export interface Demo {
  /** The address, without a path. */
  readonly url: string;
  /** What evaluations and summaries are asked for with; a new one for each start. */
  readonly serverKey: string;
  /** Gives the page what it tells of the simulated history. */
  show(findings: ShownFindings): void;
  /** Ends all answers and lets the port go; the store stays open. */
  close(): Promise<void>;
}

/**
 * Serves the demo on this machine alone, on the given port or, when that is taken, on any free one.
 *
 * @param store Stays the caller's.
 */
export const startDemo = async (store: Store, port: number): Promise<Demo> => {
  const serverKey = randomBytes(24).toString("base64url");
  const live = createLiveStream(8);
  const tapped = tapStore(store, (appended) => {
    if (appended.metadata?.simulated !== true) live.send(appended);
  });
  let findings: ShownFindings | null = null;
  const listener = createDemoListener({
    store: tapped,
    heed: createHandler({ store: tapped, serverKeys: [serverKey], allowAnonymous: true }),
    live,
    findings: () => findings,
  });
  const server = await listen(listener, { host, port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    return listen(listener, { host, port: 0 });
  });

  return {
    url: server.url,
    serverKey,
    show: (found) => {
      findings = found;
    },
    close: () => {
      live.close();
      return server.close();
    },
  };
};
