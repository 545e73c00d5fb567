import { memoryStore, type Store } from "@heed/core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchChromium } from "./launch-chromium.ts";
import { servePage } from "./serve-page.ts";

/** Opens pages with elements on them, each before a server of its own, all over one store. */
export interface ElementPages {
  readonly store: Store;
  /**
   * @param body the markup of the page
   * @param before what is done with the page before it is loaded; nothing then waits until it is
   */
  open(
    body: string,
    options?: BrowserContextOptions,
    before?: (page: Page) => Promise<unknown>,
  ): Promise<Page>;
  /** What went wrong on the pages so far: errors, and what the policy refused. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

const reportRefusals = `addEventListener("securitypolicyviolation", (event) =>
  console.error(\`refused: \${event.violatedDirective} \${event.blockedURI} \${event.sample}\`));`;

/** Starts a Chromium for pages with elements. */
export const launchElementPages = async (): Promise<ElementPages> => {
  const browser: Browser = await launchChromium();
  const store = memoryStore();
  const problems: string[] = [];
  const sites: Awaited<ReturnType<typeof servePage>>[] = [];
  return {
    store,
    problems,
    async open(body, options, before) {
      const site = await servePage(store, body);
      sites.push(site);
      const page = await browser.newPage(options);
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("console", (message) => {
        if (message.text().startsWith("refused: ")) problems.push(message.text());
      });
      await page.addInitScript(reportRefusals);
      await before?.(page);
      await page.goto(site.url, { waitUntil: before ? "commit" : "load" });
      return page;
    },
    async close() {
      await browser.close();
      await Promise.all(sites.map((site) => site.close()));
    },
  };
};
