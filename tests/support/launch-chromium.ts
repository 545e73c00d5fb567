import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { findChromium } from "../../scripts/find-chromium.ts";

/** A real Chromium without a window; a machine without one fails the test. */
export const launchChromium = ({ args = [], ...options }: LaunchOptions = {}): Promise<Browser> => {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("No Chromium found: npm test installs one");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...args,
    ],
    ...options,
  });
};
