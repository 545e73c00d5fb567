import type { ServerResponse } from "node:http";

/** One stream of Server-Sent Events with many listeners. */
export interface LiveStream {
  /** Sends an item, as JSON, to everyone who listens. */
  send(item: object): void;
  /** Lets one more listen, who first hears the latest items again. */
  add(listener: ServerResponse): void;
  /** Ends every listener's answer. */
  close(): void;
}

/**
 * A stream of Server-Sent Events.
 *
 * @param remembered How many of the latest items a new listener is told.
 */
export const createLiveStream = (remembered: number): LiveStream => {
  const listeners = new Set<ServerResponse>();
  const latest: string[] = [];

  return {
    send: (item) => {
      const message = `data: ${JSON.stringify(item)}\n\n`;
      latest.push(message);
      if (latest.length > remembered) latest.shift();
      for (const listener of listeners) listener.write(message);
    },
    add: (listener) => {
      listener.on("close", () => listeners.delete(listener));
      listeners.add(listener);
      listener.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      listener.flushHeaders();
      for (const message of latest) listener.write(message);
    },
    close: () => {
      for (const listener of listeners) listener.end();
    },
  };
};
