import type { BrowserContext, Page } from "playwright-core";
import { crashPage } from "./crash-page.ts";
import type { FaultSetting } from "./set-up-faults.ts";
import type { Fault } from "./start-fault-lab.ts";

/** What one run saw. */
export interface FaultRun {
  /** Whose events they are. */
  readonly userId: string;
  readonly recorded: ReadonlySet<string>;
  /** Events that the store must have in the end: acknowledged, or on a disk, or of a page that lives. */
  readonly required: ReadonlySet<string>;
  /** Events of which `onDrop` told. */
  readonly dropped: number;
  /** What was done, to be read where a run fails. */
  readonly steps: readonly string[];
}

/** What a page answers that is asked what must not be lost. */
interface Safe {
  readonly ids: readonly string[];
  readonly unsafe: readonly string[];
}

interface Tab {
  readonly page: Page;
  readonly ids: Set<string>;
}

const anyFault = (random: () => number): Fault => {
  const faults: readonly Fault[] = [
    "none",
    "none",
    "reset",
    "hang",
    "answer lost",
    "answer cut",
    { slowMs: 150 },
    { slowMs: 900 },
    { lateMs: 900 },
    { status: 429, headers: { "retry-after": "1" } },
    { status: 429 },
    { status: 500 },
    { status: 503, headers: { "retry-after": new Date(Date.now() + 2000).toUTCString() } },
    { status: 413 },
    { status: 200, headers: { "content-type": "text/html" }, body: "<h1>Welcome to our hotel</h1>" },
  ];
  return faults[Math.floor(random() * faults.length)]!;
};

/** A generator of numbers from 0 up to 1 that a seed repeats: mulberry32. */
const seeded = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/**
 * One visitor on a bad day: tabs that open, vote, hide, close and crash, on a network that fails in every way, with or
 * without a disk. Then the network is well again, and a last visit brings what is still there.
 */
export const faultRun = async ({ browser, lab, storedOf }: FaultSetting, seed: number): Promise<FaultRun> => {
  const random = seeded(seed);
  // Apart, so that what the visitor does depends on nothing but the seed.
  const fate = seeded(~seed);
  const name = `run-${seed}`;
  const context = await browser.newContext();
  const tabs: Tab[] = [];
  const required = new Set<string>();
  const recorded = new Set<string>();
  const steps: string[] = [];
  let offline = false;

  const canKeep = random() > 0.15;
  if (!canKeep) await denyStorage(context);
  lab.script(name, () => anyFault(fate));

  const setOffline = (isOffline: boolean): Promise<void> => {
    offline = isOffline;
    return context.setOffline(isOffline);
  };

  /** Opens a tab, online for as long as that takes. */
  const open = async (): Promise<void> => {
    if (offline) await context.setOffline(false);
    const page = await context.newPage();
    await page.goto(lab.page(name, { tally: "", timeoutMs: "400" }));
    await page.waitForFunction("window.lab");
    if (offline) await context.setOffline(true);
    tabs.push({ page, ids: new Set() });
  };

  /** Notes what must not be lost when a tab goes: what the disk has, and what it was told is stored. */
  const note = async (tab: Tab): Promise<void> => {
    const { ids } = await tab.page.evaluate<Safe>(`lab.safe(${canKeep})`);
    for (const id of ids) required.add(id);
  };

  const vote = async ({ page, ids }: Tab): Promise<void> => {
    const count = 1 + Math.floor(random() * 8);
    const explicit = random() < 0.6;
    const made = await page.evaluate<string[]>(`lab.recordMany(${count}, ${explicit})`);
    for (const id of made) {
      ids.add(id);
      recorded.add(id);
    }
  };

  /** Waits until what a tab recorded is on disk, unless its fate is known already. */
  const keep = async ({ page }: Tab): Promise<void> => {
    for (const startMs = Date.now(); Date.now() - startMs < 20_000; ) {
      const { unsafe } = await page.evaluate<Safe>(`lab.safe(${canKeep})`);
      // Another tab may have sent it, and taken it from the disk.
      const stored = new Set(storedOf(name));
      if (unsafe.every((id) => stored.has(id))) return;
    }
    throw new Error(`events are neither on disk nor stored: ${steps.join(", ")}`);
  };

  const remove = (tab: Tab): void => {
    tabs.splice(tabs.indexOf(tab), 1);
  };

  const actions: Readonly<Record<string, (tab: Tab) => Promise<unknown>>> = {
    vote,
    "vote and keep": async (tab) => {
      await vote(tab);
      if (canKeep) await keep(tab);
    },
    wait: () => new Promise((resolve) => setTimeout(resolve, random() * 120)),
    open: async () => tabs.length < 4 && open(),
    offline: () => setOffline(true),
    online: () => setOffline(false),
    hide: ({ page }) => page.evaluate("lab.glanceAway()"),
    close: async (tab) => {
      await vote(tab);
      await note(tab);
      await tab.page.close();
      remove(tab);
    },
    crash: async (tab) => {
      await vote(tab);
      // Tabs of one site may share the process that dies.
      for (const each of tabs) await note(each);
      await crashPage(tab.page);
      for (const each of [...tabs])
        if (each === tab || !(await isAlive(each.page))) {
          await each.page.close();
          remove(each);
        }
    },
  };

  await open();
  for (let step = 0; step < 14; step++) {
    const names = Object.keys(actions);
    const action = names[Math.floor(random() * names.length)]!;
    if (tabs.length === 0) await open();
    const tab = tabs[Math.floor(random() * tabs.length)]!;
    steps.push(action);
    await actions[action]!(tab);
  }

  // The network is well again, and somebody comes back.
  lab.script(name, () => "none");
  await setOffline(false);
  for (const { ids } of tabs) for (const id of ids) required.add(id);
  await open();
  for (const tab of tabs) {
    await tab.page.waitForFunction(`lab.isDone(${canKeep}, ${tab.ids.size})`, undefined, {
      timeout: 30_000,
      polling: 100,
    });
    await note(tab);
  }
  const dropped = await tabs[0]!.page.evaluate<number>("lab.tally()");
  await context.close();
  return { userId: name, recorded, required, dropped, steps };
};

const isAlive = (page: Page): Promise<boolean> =>
  Promise.race([
    page.evaluate<boolean>("true").catch(() => false),
    new Promise<boolean>((resolve) => setTimeout(resolve, 2000, false)),
  ]);

/** What a browser does whose user forbids sites to store anything. */
const denyStorage = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(
    `Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("denied", "SecurityError") } })`,
  );
