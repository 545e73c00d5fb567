import type { Driver } from "./driver.ts";

/** What a page of Playwright and one of Puppeteer have in common. */
interface Page {
  goto(url: string): Promise<unknown>;
  evaluate(expression: string): Promise<unknown>;
  reload(): Promise<unknown>;
  close(): Promise<void>;
  readonly keyboard: {
    type(text: string): Promise<void>;
    down(key: string): Promise<void>;
    press(key: string): Promise<void>;
    up(key: string): Promise<void>;
  };
}

/** A driver over a context of Playwright or a browser of Puppeteer. */
export const pagesDriver = (browser: { newPage(): Promise<Page> }, close: () => Promise<void>): Driver => ({
  open: async (url) => {
    const page = await browser.newPage();
    await page.goto(url);
    return {
      evaluate: async <Result>(expression: string) => (await page.evaluate(expression)) as Result,
      reload: async () => {
        await page.reload();
      },
      type: (text) => page.keyboard.type(text),
      copy: async () => {
        await page.keyboard.down("Control");
        await page.keyboard.press("c");
        await page.keyboard.up("Control");
      },
      close: () => page.close(),
    };
  },
  close,
});
