import type { Page } from "playwright-core";

/** Kills the process that renders a page, as a system short of memory does: nothing in it runs any more. */
export const crashPage = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  session.send("Page.crash").catch(() => {});
  await crashed;
};
