import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

/** The executable of a Chromium: `CHROMIUM_PATH`, the system's, or the one that Playwright installed. */
export const findChromium = (): string | undefined =>
  [
    process.env.CHROMIUM_PATH,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    chromium.executablePath(),
  ].find((path) => path !== undefined && existsSync(path));
