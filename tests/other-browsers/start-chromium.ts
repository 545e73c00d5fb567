import { launchChromium } from "../support/launch-chromium.ts";
import type { Driver } from "./driver.ts";
import { pagesDriver } from "./pages-driver.ts";

export const startChromium = async (): Promise<Driver> => {
  const browser = await launchChromium();
  return pagesDriver(await browser.newContext(), () => browser.close());
};
