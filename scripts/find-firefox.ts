import { existsSync } from "node:fs";

/** The executable of a Firefox: `FIREFOX_PATH`, or the system's. */
export const findFirefox = (): string | undefined =>
  [
    process.env.FIREFOX_PATH,
    "/usr/bin/firefox-esr",
    "/usr/bin/firefox",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
  ].find((path) => path !== undefined && existsSync(path));
