import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { launch } from "puppeteer-core";
import { findFirefox } from "../../scripts/find-firefox.ts";
import type { Driver } from "./driver.ts";
import { pagesDriver } from "./pages-driver.ts";

/** How long it may take to start, to answer, and to end, in milliseconds. */
const patienceMs = 20_000;

/** A real Firefox without a window, driven over WebDriver BiDi; a machine without one fails the test. */
export const startFirefox = async (): Promise<Driver> => {
  const executablePath = findFirefox();
  if (!executablePath) throw new Error("No Firefox found: npm test installs one");
  const home = mkdtempSync(join(tmpdir(), "heed-firefox-"));
  const clear = () => rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  try {
    const browser = await launch({
      browser: "firefox",
      executablePath,
      env: { ...process.env, HOME: home },
      timeout: patienceMs,
      protocolTimeout: patienceMs,
    });
    return pagesDriver(browser, async () => {
      const closed = browser.close().catch(() => {});
      await Promise.race([closed, sleep(patienceMs, undefined, { ref: false })]);
      browser.process()?.kill("SIGKILL");
      clear();
    });
  } catch (cause) {
    clear();
    throw new Error("Firefox does not start", { cause });
  }
};
