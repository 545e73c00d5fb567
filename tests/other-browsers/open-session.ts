import type { Driver } from "./driver.ts";

/** No command takes longer, in milliseconds. */
const patienceMs = 20_000;

/** The Control key, as WebDriver writes it. */
const control = "\uE009";

/**
 * Opens a session of a WebDriver server: https://www.w3.org/TR/webdriver2/. What a script gives is awaited; what it
 * throws, and whatever else the server calls an error, rejects.
 */
export const openSession = async (server: string): Promise<Driver> => {
  const send = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(server + path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    const { value } = (await response.json()) as { value: unknown };
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  };

  const { sessionId } = (await send("POST", "/session", { capabilities: {} })) as { sessionId: string };
  const session = `/session/${sessionId}`;
  const first = await send("GET", `${session}/window`);

  /** What was begun last: a session has one window in hand at a time. */
  let last: Promise<unknown> = Promise.resolve();
  const sendIn = (handle: unknown, method: string, path: string, body?: object): Promise<unknown> => {
    const done = last.then(async () => {
      await send("POST", `${session}/window`, { handle });
      return send(method, session + path, body);
    });
    last = done.catch(() => {});
    return done;
  };

  return {
    open: async (url) => {
      // Another tab would hide the one before it; another window does not.
      const opened = await sendIn(first, "POST", "/window/new", { type: "window" });
      const { handle } = opened as { handle: string };
      const act = async (method: string, path: string, body?: object): Promise<void> => {
        await sendIn(handle, method, path, body);
      };
      const press = (keys: readonly (readonly [type: "keyDown" | "keyUp", value: string])[]) => {
        const actions = keys.map(([type, value]) => ({ type, value }));
        return act("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
      };

      await act("POST", "/url", { url });
      return {
        evaluate: async <Result>(expression: string) =>
          (await sendIn(handle, "POST", "/execute/sync", {
            script: `return (${expression})`,
            args: [],
          })) as Result,
        reload: () => act("POST", "/refresh", {}),
        type: (text) =>
          press(
            [...text].flatMap((key) => [
              ["keyDown", key],
              ["keyUp", key],
            ]),
          ),
        copy: () =>
          press([
            ["keyDown", control],
            ["keyDown", "c"],
            ["keyUp", "c"],
            ["keyUp", control],
          ]),
        close: () => act("DELETE", "/window"),
      };
    },
    close: async () => {
      await send("DELETE", session);
    },
  };
};
