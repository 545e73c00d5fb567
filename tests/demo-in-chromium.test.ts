import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findViolations } from "./support/find-violations.ts";
import { launchChromium } from "./support/launch-chromium.ts";
import { startCli } from "./support/start-cli.ts";

let demo: ChildProcess;
let browser: Browser;
let page: Page;
const broken: string[] = [];

beforeAll(async () => {
  const started = await startCli("demo", "--port", "0");
  demo = started.process;
  browser = await launchChromium();
  page = await browser.newPage({ reducedMotion: "reduce" });
  page.on("pageerror", (error) => broken.push(error.message));
  page.on("console", (message) => message.type() === "error" && broken.push(message.text()));
  await page.goto(started.url);
});

afterAll(async () => {
  await browser?.close();
  demo?.kill("SIGKILL");
});

it("answers a question, takes a vote under the answer, and shows it live with the summary", async () => {
  await page.getByRole("textbox").first().fill("Can I get my money back?");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Good answer" }).click();
  await page.getByText("thumb up").first().waitFor();
  await page.getByText("1 up, 0 down").waitFor();
  await page.getByRole("button", { name: "Good answer" }).click();
  await page.getByText("0 up, 0 down").waitFor();
});

it("labels the history and what was done about it as simulated, and shows the truth beside each measure", async () => {
  await page.getByText("What retraining gained").waitFor();
  expect(await page.getByText("simulated", { exact: true }).count()).toBe(2);
  await page.getByText(/^Of the 50 surest .+ are about refunds\./).waitFor();
  expect(await page.getByText(/interval .+; truth -?\d/).count()).toBe(5);
});

it.each(["light", "dark"] as const)("has no accessibility violation in %s", async (colorScheme) => {
  await page.emulateMedia({ colorScheme });
  expect(await findViolations(page)).toEqual([]);
});

it("stops cleanly on Ctrl-C, a page still listening, without an error on the page until then", async () => {
  expect(broken).toEqual([]);
  demo.kill("SIGINT");
  expect(await once(demo, "exit")).toEqual([0, null]);
});
