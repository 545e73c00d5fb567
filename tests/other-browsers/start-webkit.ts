import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { findWebKit } from "../../scripts/find-webkit.ts";
import type { Driver } from "./driver.ts";
import { openSession } from "./open-session.ts";

/** How long each part may take to start, in milliseconds. */
const patienceMs = 20_000;

/**
 * A real WebKit, WebKitGTK's MiniBrowser, on a display of its own that nobody sees, driven over WebDriver; a machine
 * without one fails the test.
 */
export const startWebKit = async (): Promise<Driver> => {
  const found = findWebKit();
  if (!found) throw new Error("No WebKit found: npm test installs one");
  const home = mkdtempSync(join(tmpdir(), "heed-webkit-"));
  const children: ChildProcess[] = [];
  /** Whatever has become of the session: without a display its windows end too. */
  const end = (): void => {
    for (const child of children) child.kill();
    // What is about to end may still write.
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once("exit", end);

  try {
    const screen = spawn(found.display, ["-displayfd", "3", "-nolisten", "tcp"], {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    children.push(screen);
    await once(screen, "spawn", limit());
    const [display] = await once(screen.stdio[3] as Readable, "data", limit());

    const port = await freePort();
    const driver = spawn(found.driver, [`--port=${port}`], {
      stdio: "ignore",
      env: { ...process.env, HOME: home, DISPLAY: `:${String(display).trim()}`, GDK_BACKEND: "x11" },
    });
    children.push(driver);
    await once(driver, "spawn", limit());
    const server = `http://127.0.0.1:${port}`;
    await untilReady(server);
    const session = await openSession(server);
    return {
      open: session.open,
      close: async () => {
        await session.close().finally(end);
      },
    };
  } catch (cause) {
    end();
    throw new Error("WebKit does not start", { cause });
  }
};

const limit = () => ({ signal: AbortSignal.timeout(patienceMs) });

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
};

const untilReady = async (server: string): Promise<void> => {
  const { signal } = limit();
  const isReady = () =>
    fetch(`${server}/status`, { signal }).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) await sleep(50, undefined, { signal });
};
