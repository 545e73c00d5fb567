import { performance } from "node:perf_hooks";
import { expect, it } from "vitest";
import { setUpVisitors } from "./set-up-visitors.ts";

const setting = setUpVisitors();
const { storedOf, eventually } = setting;

/** How often, and how soon after the click, a tab is closed. */
const times = 100;
const soonMs = 50;

it(`${times} tabs, each closed within ${soonMs} ms of a click: 95 % of the votes are there before the next visit, and all after it`, {
  timeout: 600_000,
}, async () => {
  const { browser, lab } = setting;
  const context = await browser.newContext();
  const closed: string[] = [];
  let soon = 0;
  // A busy machine closes some later: they do not count, and must lose nothing either.
  while (soon < times && closed.length < 5 * times) {
    // An endpoint each, so that no tab sends what another one left.
    const name = `closing-${closed.length}`;
    const page = await context.newPage();
    await page.goto(lab.page(name));
    const { x, y } = (await page.locator("button").boundingBox())!;
    await page.mouse.move(x + 5, y + 5);
    await page.mouse.down();
    const clickedMs = performance.now();
    await page.mouse.up();
    await page.close({ runBeforeUnload: false });
    if (performance.now() - clickedMs < soonMs) soon++;
    closed.push(name);
  }
  expect(soon).toBe(times);

  const missing = () => closed.filter((name) => storedOf(name).length !== 1);
  await eventually(() => missing().length).toBeLessThanOrEqual(0.05 * closed.length);
  const left = missing();
  for (const name of left) {
    const page = await context.newPage();
    await page.goto(lab.page(name));
    await eventually(() => storedOf(name)).toHaveLength(1);
  }
  expect(missing()).toEqual([]);
  console.log(
    `${closed.length} tabs closed after a click, ${soon} of them within ${soonMs} ms: ` +
      `${closed.length - left.length} votes stored before the next visit, ${closed.length} after it`,
  );
  await context.close();
});
