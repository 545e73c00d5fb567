import type { BrowserContext, LaunchOptions, Page } from "playwright-core";
import { afterEach, expect } from "vitest";
import { setUpFaults } from "./set-up-faults.ts";
import type { Fault, FaultLab, Script } from "./start-fault-lab.ts";

/** How a visitor comes. */
interface Visit {
  /** What happens to the requests: the first, second, … and nothing bad after these. */
  readonly faults?: readonly Fault[] | Script;
  /** What the client on the pages is told. */
  readonly options?: Readonly<Record<string, string>>;
  /** A script that runs on every page before any of its own. */
  readonly before?: string;
  /** The host of the pages. @default "127.0.0.1" */
  readonly host?: string;
  /** The lab that the pages send to, where it is not the one that they come from. */
  readonly to?: FaultLab;
}

/** Sets up visitors for the tests of a file; each has an endpoint and a browser profile of their own. */
export const setUpVisitors = (launch?: LaunchOptions) => {
  const setting = setUpFaults(launch);
  const contexts: BrowserContext[] = [];
  let visitors = 0;

  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });

  const visit = async ({
    faults = [],
    options = {},
    before,
    host = "127.0.0.1",
    to = setting.lab,
  }: Visit = {}) => {
    const name = `visitor-${++visitors}`;
    const context = await setting.browser.newContext();
    contexts.push(context);
    if (before) await context.addInitScript(before);
    const recorded: string[] = [];

    const script = (next: readonly Fault[] | Script): void =>
      to.script(name, typeof next === "function" ? next : (index) => next[index] ?? "none");
    script(faults);

    const told = {
      timeoutMs: "5000",
      ...options,
      ...(to !== setting.lab && { endpoint: `${to.url}/${name}/v1/feedback` }),
    };
    /** Opens another tab; its client runs when this is done. */
    const open = async (more: Readonly<Record<string, string>> = {}): Promise<Page> => {
      const page = await context.newPage();
      await page.goto(setting.lab.page(name, { ...told, ...more }).replace("127.0.0.1", host));
      return page;
    };
    const page = await open();

    /** Asks the page what `fault-page.browser.ts` answers. */
    const ask = <Answer>(question: string, of: Page = page): Promise<Answer> =>
      of.evaluate<Answer>(`lab.${question}`);
    const note = (ids: readonly string[]): readonly string[] => {
      recorded.push(...ids);
      return ids;
    };
    /** Records events, given as JavaScript, and gives their ids. */
    const recordAll = async (events: string, of: Page = page): Promise<readonly string[]> =>
      note(await of.evaluate<string[]>(`(${events}).map((event) => lab.record(event))`));
    const stored = (): string[] => setting.storedOf(name);
    /** What waits on disk, as another tab reads it if need be. */
    const onDisk = (of?: Page): Promise<string[]> => ask("onDisk()", of);

    return {
      name,
      context,
      page,
      open,
      ask,
      script,
      recorded,
      /** Votes so many times at once. */
      vote: async (count = 1, of?: Page) => note(await ask<string[]>(`recordMany(${count}, true)`, of)),
      recordAll,
      record: async (event: string, of?: Page) => (await recordAll(`[${event}]`, of))[0]!,
      requests: () => to.requests(name),
      /** Waits until that many requests came in. */
      requested: (count: number) => eventually(() => to.requests(name).length).toBeGreaterThanOrEqual(count),
      stored,
      onDisk,
      /** Waits until everything that was recorded is on disk. */
      kept: (of?: Page) => eventually(async () => (await onDisk(of)).sort()).toEqual([...recorded].sort()),
      /** Waits until everything that was recorded, or the given part of it, is stored: each once, and nothing else; and no disk has it any more. */
      arrives: async (of: Page = page, ids: readonly string[] = recorded) => {
        await eventually(stored).toEqual([...ids].sort());
        await eventually(() => onDisk(of)).toEqual([]);
      },
      drops: (of?: Page) => ask<[string, number][]>("drops", of),
      problems: (of?: Page) => ask<string[]>("problems", of),
    };
  };

  return Object.assign(setting, { visit, eventually });
};

/** Expects something that takes a while: machines are busy. */
const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 20_000, interval: 25 });
